// The canonical writer: keys in the order of the description, no spaces, UTF-8 as it is, and the shortest escape for
// the bytes that need one. What it writes is stored, hashed and sent as those bytes; nothing writes JSON beside it.
#pragma once

#include <array>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

#include "kernel/copy.hpp"
#include "kernel/description.hpp"
#include "kernel/value.hpp"

namespace crowbar {

/// Bytes that grow at their end. Moved, never copied.
class Bytes {
 public:
  Bytes() = default;
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() { std::free(data_); }

  /// Room for `more` bytes beyond the end; answers where they go. `advance` says how many were used.
  CROWBAR_INLINE char* room(std::size_t more) {
    if (capacity_ - size_ < more) grow(more);
    return data_ + size_;
  }
  void advance(std::size_t used) { size_ += used; }
  void append(std::string_view text);
  CROWBAR_INLINE void push(char c) {
    *room(1) = c;
    ++size_;
  }
  void clear() { size_ = 0; }
  void resize(std::size_t size) { size_ = size; }

  char* data() { return data_; }
  const char* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data_, size_}; }

 private:
  void grow(std::size_t more);

  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Writes `text` as a JSON string: `"` and `\` and the control characters escaped (\b \t \n \f \r, else \u00xx).
void write_text(Bytes& out, std::string_view text);
void write_integer(Bytes& out, std::int64_t number);
/// Writes the digits of `number` to `to`, at most 20, and answers where they end.
char* write_digits(char* to, std::int64_t number);

inline void write_value(Bytes& out, std::string_view text) { write_text(out, text); }
inline void write_value(Bytes& out, std::int64_t number) { write_integer(out, number); }
inline void write_value(Bytes& out, bool value) { out.append(value ? "true" : "false"); }
inline void write_value(Bytes& out, Raw raw) { out.append(raw.bytes); }
inline void write_value(Bytes& out, Instant at) { write_integer(out, at.ms); }
inline void write_value(Bytes& out, StreamName stream) { write_text(out, stream.value); }
inline void write_value(Bytes& out, Uuid id) { write_text(out, id.value); }
template <class Tag>
void write_value(Bytes& out, Id<Tag> id) {
  write_text(out, id.value);
}
template <Described R>
void write_value(Bytes& out, const R& value);

template <class T>
void write_value(Bytes& out, List<T> items) {
  out.push('[');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) out.push(',');
    write_value(out, items[i]);
  }
  out.push(']');
}
template <class T>
void write_value(Bytes& out, Dictionary<T> entries) {
  out.push('{');
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i != 0) out.push(',');
    write_text(out, entries[i].key);
    out.push(':');
    write_value(out, entries[i].value);
  }
  out.push('}');
}

/// A member as the writing loop sees it.
struct WriteSlot {
  std::string_view key;                 ///< `"name":`
  bool (*present)(const void* record);  ///< null: always
  void (*write)(Bytes& out, const void* record);
};

/// Writes `record`, whose members are `slots`. An absent optional member is not written.
void write_members(Bytes& out, const void* record, std::span<const WriteSlot> slots);

namespace detail {
template <Described R, std::size_t I>
bool has_member(const void* record) {
  return (static_cast<const R*>(record)->*(field_of<R, I>.member)).has_value();
}
template <Described R, std::size_t I>
void write_member(Bytes& out, const void* record) {
  const auto& member = static_cast<const R*>(record)->*(field_of<R, I>.member);
  if constexpr (requires { member.has_value(); }) {
    write_value(out, *member);
  } else {
    write_value(out, member);
  }
}
template <Described R, std::size_t I>
constexpr WriteSlot write_slot() {
  using Member = typename std::remove_cvref_t<decltype(field_of<R, I>)>::Member;
  WriteSlot slot{{key_of<R, I>.data(), key_of<R, I>.size()}, nullptr, &write_member<R, I>};
  if constexpr (requires(Member member) { member.has_value(); }) slot.present = &has_member<R, I>;
  return slot;
}
template <Described R>
inline constexpr auto write_slots_of = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<WriteSlot, sizeof...(I)>{write_slot<R, I>()...};
}
(std::make_index_sequence<description<R>.size>{});
}  // namespace detail

template <Described R>
void write_value(Bytes& out, const R& value) {
  write_members(out, &value, detail::write_slots_of<R>);
}

}  // namespace crowbar
