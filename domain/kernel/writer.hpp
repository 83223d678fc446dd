// The canonical writer: keys in the order of the description, no spaces, UTF-8 as it is, and the shortest escape for
// the bytes that need one. What it writes is stored, hashed and sent as those bytes; nothing writes JSON beside it.
#pragma once

#include <cstdlib>
#include <cstring>
#include <string_view>

#include "kernel/description.hpp"
#include "kernel/scan.hpp"
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
  char* room(std::size_t more) {
    if (capacity_ - size_ < more) grow(more);
    return data_ + size_;
  }
  void advance(std::size_t used) { size_ += used; }
  void append(const char* bytes, std::size_t size) {
    char* to = room(size);
    if (size != 0) std::memcpy(to, bytes, size);
    size_ += size;
  }
  void append(std::string_view text) { append(text.data(), text.size()); }
  void push(char c) {
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

/// The members of `value` without the closing brace. An absent optional member is not written.
template <Described R>
void write_members(Bytes& out, const R& value) {
  char before = '{';
  each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    const auto& member = value.*(field_of<R, I>.member);
    const auto write = [&](const auto& present) {
      constexpr auto& key = key_of<R, I>;
      char* to = out.room(key.size() + 1);
      *to = before;
      std::memcpy(to + 1, key.data(), key.size());
      out.advance(key.size() + 1);
      write_value(out, present);
      before = ',';
    };
    if constexpr (requires { member.has_value(); }) {
      if (member) write(*member);
    } else {
      write(member);
    }
    return true;
  });
  if (before == '{') out.push('{');
}

template <Described R>
void write_value(Bytes& out, const R& value) {
  write_members(out, value);
  out.push('}');
}

}  // namespace crowbar
