// Any described record with every member filled in by a seeded dice: the same records on every machine, in every run.
#pragma once

#include <algorithm>
#include <array>
#include <new>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "dice.hpp"
#include "kernel/arena.hpp"
#include "kernel/description.hpp"
#include "kernel/typed_reader.hpp"
#include "kernel/value.hpp"

namespace crowbar::tests {

class RandomRecord {
 public:
  /// Texts and lists are kept in `memory`.
  RandomRecord(std::uint64_t seed, Arena& memory) : dice_(seed), memory_(memory) {}

  template <Described R>
  void fill(R& record) {
    each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      constexpr auto& field = field_of<R, I>;
      fill_member(record.*(field.member), field.bounds);
      return true;
    });
  }

 private:
  std::uint64_t below(std::uint64_t n) { return dice_.next() % n; }

  template <class T, class B>
  void fill_member(T& member, const B& bounds) {
    if constexpr (is_optional<T>) {
      if (below(2) == 0) {
        member.reset();
      } else {
        fill_member(member.emplace(), bounds);
      }
    } else if constexpr (std::is_same_v<B, IntegerBounds>) {
      member = bounds.min + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(bounds.max - bounds.min) + 1));
    } else {
      fill(member);
    }
  }

  void fill(bool& value) { value = below(2) == 0; }
  void fill(std::int64_t& value) {
    value = static_cast<std::int64_t>(below(2 * static_cast<std::uint64_t>(max_integer) + 1)) - max_integer;
  }
  void fill(std::string_view& text) {
    constexpr std::array<std::string_view, 20> pieces{"a",
                                                      "sixteen bytes, no",
                                                      "\"",
                                                      "\\",
                                                      "/",
                                                      "\n",
                                                      "\t",
                                                      "\b",
                                                      "\f",
                                                      "\r",
                                                      "\x01",
                                                      "\x1f",
                                                      "\x7f",
                                                      "caf\u00E9",
                                                      "\u65E5\u672C",
                                                      "\U0001F600",
                                                      "\u2028\u2029",
                                                      "\uFEFF",
                                                      "\uFFFD",
                                                      "\U0010FFFD"};
    std::string made;
    for (std::uint64_t n = below(8); n > 0; --n) made += pieces[below(pieces.size())];
    text = memory_.keep(made);
  }
  void fill(Instant& at) { at.ms = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(max_integer) + 1)); }
  void fill(Uuid& id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made = "018f0000-0000-7000-8000-000000000000";
    for (std::size_t i = 24; i < made.size(); ++i) made[i] = digits[below(16)];
    id.value = memory_.keep(made);
  }
  template <class Tag>
  void fill(Id<Tag>& id) {
    constexpr std::string_view signs = "abcXYZ019_._:@~-";
    std::string made(1 + below(128), 'm');
    for (std::size_t i = 1; i < made.size(); ++i) made[i] = signs[below(signs.size())];
    id.value = memory_.keep(made);
  }
  void fill(StreamName& stream) {
    Id<void> id;
    fill(id);
    stream.value = memory_.keep("channel-" + std::string(id.value).substr(0, 120));
  }
  void fill(Raw& raw) { raw.bytes = memory_.keep(json(3).dump()); }
  nlohmann::ordered_json json(int levels) {
    std::string_view text;
    std::int64_t number = 0;
    switch (below(levels == 0 ? 4 : 6)) {
      case 0: return nullptr;
      case 1: return below(2) == 0;
      case 2: return fill(number), number;
      case 3: return fill(text), std::string(text);
      case 4: {
        auto list = nlohmann::ordered_json::array();
        for (std::uint64_t n = below(4); n > 0; --n) list.push_back(json(levels - 1));
        return list;
      }
      default: {
        auto object = nlohmann::ordered_json::object();
        for (std::uint64_t n = below(4); n > 0; --n) object[(fill(text), std::string(text))] = json(levels - 1);
        return object;
      }
    }
  }

  template <class T>
  void fill(List<T>& items) {
    Growing<T> made(memory_);
    for (std::uint64_t n = below(6); n > 0; --n) fill(made.add());
    items = made.span();
  }
  template <class T>
  void fill(Dictionary<T>& entries) {
    Growing<Entry<T>> made(memory_);
    for (std::uint64_t n = below(6); n > 0; --n) {
      std::string_view key;
      fill(key);
      const auto same = [&](const Entry<T>& entry) { return entry.key == key; };
      if (std::any_of(made.span().begin(), made.span().end(), same)) continue;
      Entry<T>& entry = made.add();
      entry.key = key;
      fill(entry.value);
    }
    entries = made.span();
  }

  Dice dice_;
  Arena& memory_;
};

}  // namespace crowbar::tests
