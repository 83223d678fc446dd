// What Unicode says of all of its code points, against what the functions answer for each. Every literal is UTF-8.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "../domain/kernel/unicode/tables.hpp"
#include "../domain/kernel/unicode/text.hpp"

namespace unicode = crowbar::unicode;
using namespace std::string_view_literals;

namespace {

using Text = const std::string&;

std::string utf8(std::uint32_t point) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
  const auto more = [&](std::uint32_t shift) { return byte(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0 | point >> 6), more(0)};
  if (point < 0x10000) return {byte(0xE0 | point >> 12), more(6), more(0)};
  return {byte(0xF0 | point >> 18), more(12), more(6), more(0)};
}

// Asks one question about every code point that UTF-8 can hold.
template <typename Question>
unicode::census::Census census_of(Question belongs) {
  unicode::census::Census found{0, 2166136261u};
  for (std::uint32_t point = 0; point <= 0x10FFFF; ++point) {
    if ((point >= 0xD800 && point <= 0xDFFF) || !belongs(utf8(point))) continue;
    found.count += 1;
    found.checksum = (found.checksum ^ point) * 16777619u;
  }
  return found;
}

void agrees(unicode::census::Census found, unicode::census::Census wanted) {
  CHECK(found.count == wanted.count);
  CHECK(found.checksum == wanted.checksum);
}

}  // namespace

TEST_CASE("every code point is in the class that Unicode puts it in", "[unicode][census]") {
  namespace census = unicode::census;
  agrees(census_of([](Text it) { return unicode::trimmed(it).empty(); }), census::trimmable);
  agrees(census_of([](Text it) { return unicode::trimmed("x" + it) == "x"; }), census::trimmable);
  agrees(census_of([](Text it) { return unicode::blank(it); }), census::invisible);
  agrees(census_of([](Text it) { return unicode::has_control("a" + it + "b"); }), census::control);
  agrees(census_of([](Text it) { return unicode::has_bidi_override("a" + it + "b"); }), census::bidi_override);
  agrees(census_of([](Text it) { return unicode::emoji(it + "\uFE0F\u20E3"); }), census::emoji);
  agrees(census_of([](Text it) { return unicode::emoji(it); }), census::emoji_alone);
  CHECK(census_of([](Text it) { return unicode::count(it) == 1; }).count == 0x110000 - 0x800);
}

TEST_CASE("after a thumb come a skin tone or a selector, after half a flag its other half", "[unicode][census]") {
  const auto after = [](std::string_view emoji, std::string_view end = "") {
    return census_of([=](Text it) { return unicode::emoji(std::string(emoji) + it + std::string(end)); }).count;
  };
  const auto tones = unicode::census::emoji_modifier.count, letters = unicode::census::regional_indicator.count;
  CHECK(after("\U0001F44D") == tones + 1);
  CHECK(after("\U0001F1E9") == letters + tones + 1);
  CHECK(after("\U0001F44D", "\U000E007F") == 0x7E - 0x20 + 1);
  CHECK(after("\U0001F44D\u200D") == unicode::census::emoji_alone.count);
  CHECK(after("\U0001F44D", "\U0001F44D") == 1);  // the joiner
}

// The numbers of UAX #44 and the code charts, written by hand: a slip in the generator's own patterns shows here.
TEST_CASE("the classes have the sizes that the standard gives them", "[unicode][census]") {
  namespace census = unicode::census;
  CHECK(unicode::detail::version == "17.0"sv);
  CHECK(census::trimmable.count == 25 + 3);
  CHECK(census::control.count == 65);
  CHECK(census::bidi_override.count == 9);
  CHECK(census::emoji_modifier.count == 5);
  CHECK(census::regional_indicator.count == 26);
  CHECK(census::emoji.count == census::emoji_alone.count + 12);
  for (const std::uint32_t space :
       {0x09u,   0x0Au,   0x0Bu,   0x0Cu,   0x0Du,   0x20u,   0x85u,   0xA0u,   0x1680u, 0x2000u,
        0x2001u, 0x2002u, 0x2003u, 0x2004u, 0x2005u, 0x2006u, 0x2007u, 0x2008u, 0x2009u, 0x200Au,
        0x2028u, 0x2029u, 0x202Fu, 0x205Fu, 0x3000u, 0x200Bu, 0x2060u, 0xFEFFu}) {
    CHECK(unicode::trimmed(utf8(space)).empty());
    CHECK(unicode::blank(utf8(space)));
  }
}
