// UTF-8, one code point at a time (RFC 3629, Unicode table 3-7).
#pragma once

#include <cstddef>
#include <cstdint>

namespace crowbar::unicode {

struct Decoded {
  std::uint32_t code_point = 0;
  std::uint32_t size = 0;  ///< bytes; 0 where there is no well-formed code point
  bool surrogate = false;  ///< what is there would be half a surrogate pair, which UTF-8 does not have
};

/// The code point at `at`, which lies before `end`.
inline Decoded decode(const char* at, const char* end) {
  const auto byte = [at](int i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1, false};
  const std::uint32_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || end - at < static_cast<std::ptrdiff_t>(size)) return {};
  std::uint32_t code_point = first & (0x7FU >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    const std::uint32_t next = byte(static_cast<int>(i));
    if ((next & 0xC0) != 0x80) return {};
    code_point = code_point << 6 | (next & 0x3F);
  }
  if (size == 3 && code_point < 0x800) return {};
  if (code_point >= 0xD800 && code_point <= 0xDFFF) return {0, 0, true};
  if (size == 4 && (code_point < 0x10000 || code_point > 0x10FFFF)) return {};
  return {code_point, size, false};
}

/// Writes `code_point` to `to` and answers where it ends: at most 4 bytes further.
inline char* encode(std::uint32_t code_point, char* to) {
  const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
  return to;
}

/// The 66 code points that are no characters and never will be: U+FDD0..U+FDEF and the last two of each plane.
constexpr bool is_noncharacter(std::uint32_t code_point) {
  return (code_point >= 0xFDD0 && code_point <= 0xFDEF) || (code_point & 0xFFFE) == 0xFFFE;
}

}  // namespace crowbar::unicode
