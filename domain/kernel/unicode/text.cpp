#include "text.hpp"

#include <cstring>

#include "points.hpp"
#include "tables.hpp"

namespace crowbar::unicode {
namespace {

using detail::continues, detail::first, detail::last, detail::octet, detail::Points, detail::Range, detail::width;

// The first range that ends at or after `low` decides. One search for all tables, called and not inlined: that is half
// as much code, and visible ASCII never comes here.
[[gnu::noinline]] bool among(const Range* ranges, std::uint32_t size, std::uint32_t low) {
  std::uint32_t from = 0, to = size;
  while (from < to) {
    const std::uint32_t middle = (from + to) / 2;
    if (low > ranges[middle].last)
      from = middle + 1;
    else
      to = middle;
  }
  return from < size && ranges[from].first <= low;
}

template <std::uint32_t Size>
bool among(const Range (&ranges)[Size], std::uint32_t low) {
  return among(ranges, Size, low);
}

// U+0021..007E: neither trimmable nor invisible, and nearly every text begins and ends with one.
constexpr bool visible_ascii(std::uint32_t point) { return point - 0x21 < 0x5E; }

bool trimmable(std::uint32_t point) {
  if (visible_ascii(point) || point > 0xFFFF) return false;
  return among(detail::trimmable_plane_0, point);
}

bool invisible(std::uint32_t point) {
  if (visible_ascii(point)) return false;
  const std::uint32_t plane = point >> 16, low = point & 0xFFFF;
  if (plane == 0) return among(detail::invisible_plane_0, low);
  if (plane == 1) return among(detail::invisible_plane_1, low);
  return plane == 14 && among(detail::invisible_plane_14, low);
}

bool is_emoji(std::uint32_t point) {
  const std::uint32_t plane = point >> 16, low = point & 0xFFFF;
  if (plane == 0) return among(detail::emoji_plane_0, low);
  return plane == 1 && among(detail::emoji_plane_1, low);
}

constexpr bool within(std::uint32_t point, std::uint32_t from, std::uint32_t to) {
  return point >= from && point <= to;
}
constexpr bool regional(std::uint32_t point) {
  return within(point, detail::regional_indicator_first, detail::regional_indicator_last);
}
constexpr bool modifier(std::uint32_t point) {
  return within(point, detail::emoji_modifier_first, detail::emoji_modifier_last);
}
constexpr bool tag(std::uint32_t point) { return within(point, 0xE0020, 0xE007E); }
constexpr bool keycap_base(std::uint32_t point) { return point < 0x80; }  // of \p{Emoji}, the ASCII ones

constexpr std::uint32_t joiner = 0x200D, emoji_selector = 0xFE0F, keycap = 0x20E3, cancel_tag = 0xE007F;

bool zwj_element(Points& points) {
  const std::uint32_t base = points.take();
  if (!is_emoji(base)) return false;
  if (points.take(emoji_selector)) return points.take(keycap) || !keycap_base(base);
  if (keycap_base(base)) return false;
  if (modifier(points.peek()))
    points.take();
  else if (tag(points.peek())) {
    while (tag(points.peek())) points.take();
    return points.take(cancel_tag);
  }
  return true;
}

bool flag_sequence(std::string_view text) {
  Points points(text);
  return regional(points.take()) && regional(points.take()) && points.done();
}

}  // namespace

// Eight bytes at a step: a continuation byte has bit 7 set and bit 6 clear, so one bit a byte is left standing, and
// the multiplication adds the eight up in the top byte.
std::uint32_t count(std::string_view text) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101;
  auto points = static_cast<std::uint32_t>(text.size());
  const char* at = text.data();
  for (auto words = text.size() / 8; words != 0; --words, at += 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    const std::uint64_t continuations = (word >> 7) & (~word >> 6) & ones;
    points -= static_cast<std::uint32_t>((continuations * ones) >> 56);
  }
  for (auto bytes = text.size() % 8; bytes != 0; --bytes, ++at) points -= continues(*at) ? 1u : 0u;
  return points;
}

std::string_view trimmed(std::string_view text) noexcept {
  const char* from = text.data();
  const char* to = from + text.size();
  while (from != to) {
    const std::uint32_t point = first(from, to);
    if (!trimmable(point)) break;
    from += width(point);
  }
  while (from != to) {
    const std::uint32_t point = last(from, to);
    if (!trimmable(point)) break;
    to -= width(point);
  }
  return {from, static_cast<std::string_view::size_type>(to - from)};
}

bool blank(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const std::uint32_t point = first(at, end);
    if (!invisible(point)) return false;
    at += width(point);
  }
  return true;
}

bool has_control(std::string_view text) noexcept {
  std::uint32_t before = 0;
  for (const char c : text) {
    const std::uint32_t byte = octet(c);
    if (byte < 0x20 || byte == 0x7F) return true;
    if (before == 0xC2 && within(byte, 0x80, 0x9F)) return true;  // U+0080..009F
    before = byte;
  }
  return false;
}

bool has_bidi_override(std::string_view text) noexcept {
  std::uint32_t before = 0;  // the last two bytes
  for (const char c : text) {
    const std::uint32_t byte = octet(c);
    if (before == 0xE280 && within(byte, 0xAA, 0xAE)) return true;  // U+202A..202E
    if (before == 0xE281 && within(byte, 0xA6, 0xA9)) return true;  // U+2066..2069
    before = (before << 8 | byte) & 0xFFFF;
  }
  return false;
}

bool emoji(std::string_view text) noexcept {
  if (text.size() / 4 > emoji_code_points) return false;  // so that nothing below takes its time
  Points points(text);
  if (regional(points.peek()) && flag_sequence(text)) return true;
  do {
    if (!zwj_element(points)) return false;
  } while (points.take(joiner));
  return points.done() && points.taken() <= emoji_code_points;
}

}  // namespace crowbar::unicode
