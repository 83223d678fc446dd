// The hot loops of every reader and writer, sixteen bytes at a time: how far does a JSON string go on with nothing
// special in it, and does a text have the form of an id? One algorithm over three kinds of machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "kernel/value.hpp"

namespace crowbar::scan {

// A build for size may leave such small functions as calls, in the hottest loops there are. Such a build of the whole
// module was two to four times slower, before and after this line: it is no remedy for that by itself.
#define CROWBAR_INLINE [[gnu::always_inline]] inline

#if defined(__wasm_simd128__)
#define CROWBAR_BLOCKS 1
/// Sixteen bytes; a comparison answers 0xff in each byte where it holds. Bytes compare as signed.
struct Block {
  v128_t bytes;
  CROWBAR_INLINE static Block load(const char* at) { return {wasm_v128_load(at)}; }
  CROWBAR_INLINE void store(char* at) const { wasm_v128_store(at, bytes); }
  CROWBAR_INLINE bool equals(Block other) const { return !wasm_v128_any_true(wasm_v128_xor(bytes, other.bytes)); }
  CROWBAR_INLINE static Block all(char c) { return {wasm_i8x16_splat(static_cast<std::int8_t>(c))}; }
  CROWBAR_INLINE friend Block operator|(Block a, Block b) { return {wasm_v128_or(a.bytes, b.bytes)}; }
  CROWBAR_INLINE friend Block operator&(Block a, Block b) { return {wasm_v128_and(a.bytes, b.bytes)}; }
  CROWBAR_INLINE friend Block operator^(Block a, Block b) { return {wasm_v128_xor(a.bytes, b.bytes)}; }
  CROWBAR_INLINE Block is(Block other) const { return {wasm_i8x16_eq(bytes, other.bytes)}; }
  CROWBAR_INLINE Block under(Block other) const { return {wasm_i8x16_lt(bytes, other.bytes)}; }
  CROWBAR_INLINE Block is(char c) const { return {wasm_i8x16_eq(bytes, all(c).bytes)}; }
  CROWBAR_INLINE Block under(char c) const { return {wasm_i8x16_lt(bytes, all(c).bytes)}; }
  CROWBAR_INLINE Block over(char c) const { return {wasm_i8x16_gt(bytes, all(c).bytes)}; }
  /// One bit a byte, the first byte lowest.
  CROWBAR_INLINE std::uint32_t mask() const { return static_cast<std::uint32_t>(wasm_i8x16_bitmask(bytes)); }
};
#elif defined(__SSE2__)
#define CROWBAR_BLOCKS 1
/// Sixteen bytes; a comparison answers 0xff in each byte where it holds. Bytes compare as signed.
struct Block {
  __m128i bytes;
  CROWBAR_INLINE static Block load(const char* at) { return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))}; }
  CROWBAR_INLINE void store(char* at) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(at), bytes); }
  CROWBAR_INLINE bool equals(Block other) const { return _mm_movemask_epi8(is(other).bytes) == 0xffff; }
  CROWBAR_INLINE static Block all(char c) { return {_mm_set1_epi8(c)}; }
  CROWBAR_INLINE friend Block operator|(Block a, Block b) { return {_mm_or_si128(a.bytes, b.bytes)}; }
  CROWBAR_INLINE friend Block operator&(Block a, Block b) { return {_mm_and_si128(a.bytes, b.bytes)}; }
  CROWBAR_INLINE friend Block operator^(Block a, Block b) { return {_mm_xor_si128(a.bytes, b.bytes)}; }
  CROWBAR_INLINE Block is(Block other) const { return {_mm_cmpeq_epi8(bytes, other.bytes)}; }
  CROWBAR_INLINE Block under(Block other) const { return {_mm_cmplt_epi8(bytes, other.bytes)}; }
  CROWBAR_INLINE Block is(char c) const { return {_mm_cmpeq_epi8(bytes, all(c).bytes)}; }
  CROWBAR_INLINE Block under(char c) const { return {_mm_cmplt_epi8(bytes, all(c).bytes)}; }
  CROWBAR_INLINE Block over(char c) const { return {_mm_cmpgt_epi8(bytes, all(c).bytes)}; }
  /// One bit a byte, the first byte lowest.
  CROWBAR_INLINE std::uint32_t mask() const { return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)); }
};
#endif

/// Is this byte one that a plain run of a JSON string ends at: `"`, `\`, a control character, or not ASCII?
[[gnu::always_inline]] constexpr bool is_special(char c) {
  return c == '"' || c == '\\' || static_cast<signed char>(c) < 0x20;
}

#if defined(CROWBAR_BLOCKS)
/// What a plain run ends at, ready to be looked for in many strings. Read from memory, as if nobody knew what it is: an
/// engine makes a vector that it knows anew at each use, three instructions long, and keeps one that was read.
class Special {
 public:
  CROWBAR_INLINE Special() {
    const Constants* from = &constants;
    asm("" : "+r"(from));
    turn_ = Block::load(from->turn);
    limit_ = Block::load(from->limit);
    backslash_ = Block::load(from->backslash);
  }
  /// One bit for each special byte. With its second bit turned, `"` comes right after the control characters, and what
  /// is not ASCII is negative: so one comparison finds all but the backslash.
  CROWBAR_INLINE std::uint32_t mask(Block block) const {
    return ((block ^ turn_).under(limit_) | block.is(backslash_)).mask();
  }

 private:
  struct Constants {
    char turn[17];
    char limit[17];
    char backslash[17];
  };
  static constexpr Constants constants{"\2\2\2\2\2\2\2\2\2\2\2\2\2\2\2\2", "!!!!!!!!!!!!!!!!",
                                       "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"};
  Block turn_;
  Block limit_;
  Block backslash_;
};
#else
class Special {};
#endif

/// The first special byte in [at, end), or `end`. Never reads past `end`.
CROWBAR_INLINE const char* to_special(const char* at, const char* end, [[maybe_unused]] const Special& special = {}) {
#if defined(CROWBAR_BLOCKS)
  for (; end - at >= 16; at += 16) {
    const std::uint32_t found = special.mask(Block::load(at));
    if (found != 0) return at + __builtin_ctz(found);
  }
#endif
  while (at < end && !is_special(*at)) ++at;
  return at;
}

/// The first byte in [at, end) that is not ASCII, or `end`.
CROWBAR_INLINE const char* beyond_ascii(const char* at, const char* end) {
#if defined(CROWBAR_BLOCKS)
  for (; end - at >= 16; at += 16) {
    const std::uint32_t found = Block::load(at).mask();
    if (found != 0) return at + __builtin_ctz(found);
  }
#endif
  while (at < end && static_cast<signed char>(*at) >= 0) ++at;
  return at;
}

#if defined(CROWBAR_BLOCKS)
/// Which of sixteen bytes may stand in an id.
CROWBAR_INLINE std::uint32_t id_bytes(const char* at) {
  const Block block = Block::load(at);
  const Block lower = block | Block::all(0x20);
  return ((lower.over('a' - 1) & lower.under('z' + 1) & block.over('@')) | (block.over('-' - 1) & block.under('/')) |
          (block.over('0' - 1) & block.under(':' + 1)) | block.is('@') | block.is('_') | block.is('~'))
      .mask();
}
/// Which of sixteen bytes are lower-case hexadecimal digits, and which are dashes.
CROWBAR_INLINE bool uuid_bytes(const char* at, std::uint32_t dashes) {
  const Block block = Block::load(at);
  const Block hex = (block.over('0' - 1) & block.under('9' + 1)) | (block.over('a' - 1) & block.under('f' + 1));
  return block.is('-').mask() == dashes && hex.mask() == (~dashes & 0xffff);
}
#endif

CROWBAR_INLINE std::uint64_t eight_at(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}
/// Are these eight bytes decimal digits?
CROWBAR_INLINE bool are_digits(const char* at) {
  const std::uint64_t word = eight_at(at);
  constexpr std::uint64_t high = 0xf0f0f0f0f0f0f0f0;
  return ((word & high) | ((word + 0x0606060606060606) & high) >> 4) == 0x3333333333333333;
}
/// The number that eight decimal digits say: neighbours are joined to pairs, pairs to fours, fours to eight.
CROWBAR_INLINE std::uint64_t number_of_eight(const char* at) {
  std::uint64_t word = eight_at(at) & 0x0f0f0f0f0f0f0f0f;
  word = (word * (10 << 8 | 1)) >> 8 & 0x00ff00ff00ff00ff;
  word = (word * (100 << 16 | 1)) >> 16 & 0x0000ffff0000ffff;
  return (word * (std::uint64_t{10'000} << 32 | 1)) >> 32;
}

/// `is_id`, faster.
inline bool is_id(Text text) {
#if defined(CROWBAR_BLOCKS)
  if (text.size() >= 16 && text.size() <= 128) {
    for (std::size_t at = 0; at + 16 < text.size(); at += 16) {
      if (id_bytes(text.data() + at) != 0xffff) return false;
    }
    return id_bytes(text.data() + text.size() - 16) == 0xffff && crowbar::is_id(text.substr(0, 1));
  }
#endif
  return crowbar::is_id(text);
}

/// `is_uuid`, faster.
inline bool is_uuid(Text text) {
#if defined(CROWBAR_BLOCKS)
  if (text.size() != 36) return false;
  const char variant = text[19];
  return uuid_bytes(text.data(), 0x2100) && uuid_bytes(text.data() + 16, 0x0084) &&
         uuid_bytes(text.data() + 20, 0x0008) && (variant == '8' || variant == '9' || variant == 'a' || variant == 'b');
#else
  return crowbar::is_uuid(text);
#endif
}

}  // namespace crowbar::scan
