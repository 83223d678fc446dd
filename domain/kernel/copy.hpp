// Comparing and copying short runs of bytes. In the module the C library's memcmp goes byte by byte and its memcpy is
// made for long runs, and most of what a reader and a writer do is a few dozen bytes long.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "kernel/scan.hpp"

namespace crowbar {

namespace detail {
template <class Word>
CROWBAR_INLINE Word word_at(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof(Word));
  return word;
}
// The first and the last word of a run that is at least one and at most two words long.
template <class Word>
CROWBAR_INLINE bool same_ends(const char* a, const char* b, std::size_t size) {
  const std::size_t last = size - sizeof(Word);
  return ((word_at<Word>(a) ^ word_at<Word>(b)) | (word_at<Word>(a + last) ^ word_at<Word>(b + last))) == 0;
}
template <class Word>
CROWBAR_INLINE void copy_ends(char* to, const char* from, std::size_t size) {
  const Word first = word_at<Word>(from);
  const Word last = word_at<Word>(from + size - sizeof(Word));
  std::memcpy(to, &first, sizeof(Word));
  std::memcpy(to + size - sizeof(Word), &last, sizeof(Word));
}
CROWBAR_INLINE bool same_inline(const char* a, const char* b, std::size_t size) {
  if (size >= 8) {
    for (; size > 16; a += 8, b += 8, size -= 8) {
      if (word_at<std::uint64_t>(a) != word_at<std::uint64_t>(b)) return false;
    }
    return same_ends<std::uint64_t>(a, b, size);
  }
  if (size >= 4) return same_ends<std::uint32_t>(a, b, size);
  if (size >= 2) return same_ends<std::uint16_t>(a, b, size);
  return size == 0 || *a == *b;
}
CROWBAR_INLINE void copy_inline(char* to, const char* from, std::size_t size) {
  if (size >= 8) {
    for (; size > 16; to += 8, from += 8, size -= 8) {
      const auto word = word_at<std::uint64_t>(from);
      std::memcpy(to, &word, 8);
    }
    return copy_ends<std::uint64_t>(to, from, size);
  }
  if (size >= 4) return copy_ends<std::uint32_t>(to, from, size);
  if (size >= 2) return copy_ends<std::uint16_t>(to, from, size);
  if (size == 1) *to = *from;
}
bool same_bytes(const char* a, const char* b, std::size_t size);
void copy_bytes(char* to, const char* from, std::size_t size);
}  // namespace detail

/// Are these `size` bytes the same? In place where the size is known to the compiler, else by a call.
CROWBAR_INLINE bool same(const char* a, const char* b, std::size_t size) {
  return __builtin_constant_p(size) ? detail::same_inline(a, b, size) : detail::same_bytes(a, b, size);
}
CROWBAR_INLINE bool same(Text a, Text b) { return a.size() == b.size() && same(a.data(), b.data(), a.size()); }

/// Copies `size` bytes that do not overlap.
CROWBAR_INLINE void copy(char* to, const char* from, std::size_t size) {
  __builtin_constant_p(size) ? detail::copy_inline(to, from, size) : detail::copy_bytes(to, from, size);
}

}  // namespace crowbar
