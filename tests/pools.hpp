// What a generated command says: its members come from small pools, so that its rules agree with many of them, and what
// has bounds is mostly within them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>

#include "dice.hpp"
#include "given.hpp"
#include "kernel/arena.hpp"
#include "kernel/description.hpp"
#include "kernel/typed_reader.hpp"
#include "kernel/unicode/text.hpp"
#include "kernel/value.hpp"

namespace crowbar::tests {

/// Fills any described record. Texts and ids come back again and again: the same name, the same message.
class Pools {
 public:
  explicit Pools(Dice& dice) : dice_(dice) {}

  template <Described R>
  void fill(R& record) {
    each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      constexpr auto& field = field_of<R, I>;
      fill_member(record.*(field.member), field.bounds);
      return true;
    });
  }

 private:
  template <class T, class B>
  void fill_member(T& member, const B& bounds) {
    if constexpr (is_optional<T>) {
      member.reset();
      if (dice_.below(2) == 0) fill_member(member.emplace(), bounds);
    } else if constexpr (std::is_same_v<B, Unbounded>) {
      fill(member);
    } else {
      fill(member, bounds);
    }
  }

  void fill(std::string_view& text, TextBounds bounds = {0, 4'000}) {
    static const std::string longest(4'000, 'x');
    static const std::string too_long(4'001, 'x');
    static const std::string_view good[] = {"general", "random", "lobby", "\U0001F44D", "\u2764\uFE0F"};
    static const std::string_view odd[] = {"",      "  hi ",  "\u200B", "caf\u00E9 \"\\\n", "\u202Ex", "x@y.z",
                                           longest, too_long, "a-b_c"};
    text = dice_.below(4) == 0 ? dice_.one_of(odd) : fitted(dice_.one_of(good), bounds);
  }
  // The text, cut or lengthened to its bounds.
  std::string_view fitted(std::string_view text, TextBounds bounds) {
    while (unicode::count(text) > bounds.max) {
      while ((text.back() & 0xC0) == 0x80) text.remove_suffix(1);
      text.remove_suffix(1);
    }
    const std::uint32_t size = unicode::count(text);
    if (size >= bounds.min) return text;
    std::string longer(text);
    longer.append(bounds.min - size, 'x');
    return memory_.keep(longer);
  }

  void fill(std::int64_t& number, IntegerBounds bounds = {0, 99}) {
    const auto range = static_cast<std::size_t>(bounds.max - bounds.min);
    const bool at_end = range > 99 && dice_.below(8) == 0;
    const std::size_t step = at_end ? range : dice_.below(std::min<std::size_t>(range, 99) + 1);
    number = bounds.min + static_cast<std::int64_t>(step);
  }
  void fill(bool& flag) { flag = dice_.below(2) == 0; }
  void fill(Instant& at) { at.ms = noon.ms + static_cast<std::int64_t>(dice_.below(100)); }

  template <class Tag>
  void fill(Id<Tag>& id) {
    static constexpr std::string_view ids[] = {"m1", "m2", "m1", "m2", "bob", "__proto__", "constructor"};
    id.value = dice_.below(4) == 0 ? fresh() : dice_.one_of(ids);
  }
  // An id that was not there before.
  std::string_view fresh() { return memory_.keep(concat("x", std::to_string(fresh_++))); }
  void fill(Uuid& id) {
    static constexpr std::string_view ids[] = {"018df4c1-4800-7000-8000-00000000000a",
                                               "018df4c1-4800-7000-8000-00000000000b"};
    id.value = dice_.one_of(ids);
  }
  void fill(StreamName& stream) {
    static constexpr std::string_view streams[] = {"user-ada", "user-bob", "channel-general"};
    stream.value = dice_.one_of(streams);
  }
  void fill(Raw& raw) {
    static constexpr std::string_view values[] = {"null", "true", "1", "\"x\"", "[]", "{\"x\":1}"};
    raw.bytes = dice_.one_of(values);
  }

  template <class T>
  void fill(List<T>& items) {
    Growing<T> made(memory_);
    for (std::size_t left = dice_.below(4); left > 0; --left) fill(made.add());
    items = made.span();
  }
  template <class T>
  void fill(Dictionary<T>& entries) {
    static constexpr std::string_view keys[] = {"a", "b", "c"};
    Growing<Entry<T>> made(memory_);
    for (const std::string_view key : keys) {
      if (dice_.below(2) == 0) continue;
      Entry<T>& entry = made.add();
      entry.key = key;
      fill(entry.value);
    }
    entries = made.span();
  }

  Dice& dice_;
  Arena memory_;
  std::size_t fresh_ = 0;
};

}  // namespace crowbar::tests
