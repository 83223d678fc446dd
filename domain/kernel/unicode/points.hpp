// Private to this folder: a text taken one code point at a time, from either end. Functions take two pointers and
// answer one integer, because wasm hands a string_view or a struct to a call through memory (twice the time).
#pragma once

#include <cstdint>
#include <string_view>

#include "encoding.hpp"

namespace crowbar::unicode::detail {

// What bytes are that are not UTF-8: above U+10FFFF, so in no class, and one byte wide, so that every loop moves on.
inline constexpr std::uint32_t none = 0xFFFFFFFF;

constexpr std::uint32_t octet(char c) { return static_cast<unsigned char>(c); }
constexpr bool continues(char c) { return (octet(c) & 0xC0) == 0x80; }

constexpr std::uint32_t width(std::uint32_t point) {
  if (point == none) return 1;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

// Called, not inlined, as is take() below: their copies at -O2 were two thirds of this folder's code in the module.
[[gnu::noinline]] inline std::uint32_t first_beyond_ascii(const char* from, const char* to) {
  const Decoded found = decode(from, to);
  return found.size == 0 ? none : found.code_point;
}

// The first code point of a text that is not empty.
[[gnu::always_inline]] inline std::uint32_t first(const char* from, const char* to) {
  return octet(*from) < 0x80 ? octet(*from) : first_beyond_ascii(from, to);
}

// The last code point of a text that is not empty.
inline std::uint32_t last(const char* from, const char* to) {
  const char* at = to - 1;
  while (at != from && to - at < 4 && continues(*at)) --at;
  const std::uint32_t point = first(at, to);
  return at + width(point) == to ? point : none;
}

// A text with its first code point in sight.
class Points {
 public:
  explicit Points(std::string_view text) : at_(text.data()), end_(at_ + text.size()) { look(); }

  bool done() const { return at_ == end_; }
  std::uint32_t peek() const { return next_; }
  std::uint32_t taken() const { return taken_; }

  [[gnu::noinline]] std::uint32_t take() {
    const std::uint32_t point = next_;
    if (!done()) at_ += width(point);
    taken_ += 1;
    look();
    return point;
  }

  bool take(std::uint32_t wanted) {
    if (next_ != wanted) return false;
    take();
    return true;
  }

 private:
  void look() { next_ = done() ? none : first(at_, end_); }

  const char* at_;
  const char* end_;
  std::uint32_t next_ = none;
  std::uint32_t taken_ = 0;
};

}  // namespace crowbar::unicode::detail
