// The canonical writer: keys in the order of the description, no spaces, UTF-8 as it is, and the shortest escape for
// the bytes that need one. What it writes is stored, hashed and sent as those bytes; nothing writes JSON beside it.
#pragma once

#include <cstdlib>
#include <span>
#include <string_view>

#include "kernel/copy.hpp"
#include "kernel/members.hpp"

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
  [[gnu::noinline]] void append(Text text);
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
  [[gnu::noinline]] void grow(std::size_t more);

  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Writes `text` as a JSON string: `"` and `\` and the control characters escaped (\b \t \n \f \r, else \u00xx).
void write_text(Bytes& out, Text text);
void write_integer(Bytes& out, std::int64_t number);
/// Writes the digits of `number` to `to`, at most 20, and answers where they end.
char* write_digits(char* to, std::int64_t number);

/// Writes one value that is there.
void write_type(Bytes& out, const Type& type, const void* from);
/// Writes `record`. An absent optional member is not written.
void write_members(Bytes& out, const void* record, const std::span<const Member>& members);

template <Single T>
void write_value(Bytes& out, const T& value) {
  write_type(out, type_of<T>, &value);
}
template <Described R>
void write_value(Bytes& out, const R& value) {
  write_members(out, &value, members_of<R>);
}
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

}  // namespace crowbar
