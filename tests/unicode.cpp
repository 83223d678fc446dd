// What texts are: how long, how empty, how honest, and which of them is an emoji. Every literal is UTF-8.
#include <catch2/catch.hpp>
#include <memory>
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

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int n = 0; n < times; ++n) text += piece;
  return text;
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

TEST_CASE("a text is as long as it has code points", "[unicode][count]") {
  CHECK(unicode::count("") == 0);
  CHECK(unicode::count("hello") == 5);
  CHECK(unicode::count("\0a\0"sv) == 3);
  CHECK(unicode::count("caf\u00E9") == 4);
  CHECK(unicode::count("cafe\u0301") == 5);
  CHECK(unicode::count("\u65E5\u672C\u8A9E") == 3);
  CHECK(unicode::count("\U0001F600") == 1);
  CHECK(unicode::count("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 5);
  CHECK(unicode::count("\U0010FFFF") == 1);
}

TEST_CASE("the length is right at every size and offset of a word", "[unicode][count]") {
  for (const auto piece : {"a"sv, "\u00E9"sv, "\u65E5"sv, "\U0001F600"sv}) {
    for (int times = 0; times < 70; ++times) {
      for (int before = 0; before < 9; ++before) {
        const auto text = repeated("x", before) + repeated(piece, times) + "y";
        REQUIRE(unicode::count(text) == static_cast<std::uint32_t>(before + times + 1));
        REQUIRE(unicode::count(std::string_view(text).substr(static_cast<std::size_t>(before))) ==
                static_cast<std::uint32_t>(times + 1));
      }
    }
  }
  CHECK(unicode::count(repeated("\U0001F600", 100000)) == 100000);
}

TEST_CASE("white space is taken off both ends and nowhere else", "[unicode][trimmed]") {
  CHECK(unicode::trimmed("").empty());
  CHECK(unicode::trimmed("ada") == "ada");
  CHECK(unicode::trimmed("  \t ada lovelace\r\n") == "ada lovelace");
  CHECK(unicode::trimmed(" \n\v\f\r\t").empty());
  CHECK(unicode::trimmed("\u00A0ada\u00A0") == "ada");                    // NO-BREAK SPACE
  CHECK(unicode::trimmed("\u0085ada\u0085") == "ada");                    // NEXT LINE
  CHECK(unicode::trimmed("\u2028ada\u2029") == "ada");                    // LINE and PARAGRAPH SEPARATOR
  CHECK(unicode::trimmed("\u3000\u5B89\u9054\u3000") == "\u5B89\u9054");  // IDEOGRAPHIC SPACE
  CHECK(unicode::trimmed("\u1680\u202F\u205Fada\u2000\u200A") == "ada");
  CHECK(unicode::trimmed("\u200B\u2060\uFEFFada\uFEFF\u2060\u200B") == "ada");
  CHECK(unicode::trimmed(" \u3000 a\u00A0b \u3000 ") == "a\u00A0b");
  CHECK(unicode::trimmed(" \U0001F600 ") == "\U0001F600");
}

TEST_CASE("what belongs to a letter or an emoji is not trimmed", "[unicode][trimmed]") {
  for (const auto text :
       {"\u200Dx\u200D"sv, "\u2764\uFE0F"sv, "e\u0301"sv, "\u0301"sv, "\u3164x\u3164"sv, "\0x\0"sv, "\u00ADx\u00AD"sv,
        "\u180Ex\u180E"sv, "\u2800x\u2800"sv, "\u061Cx\u200E"sv, "\u001Fx\u001C"sv}) {
    CHECK(unicode::trimmed(text) == text);
  }
}

TEST_CASE("a trimmed text lies in the bytes of the text it came from", "[unicode][trimmed]") {
  const auto text = "\u00A0 ada \u3000"sv;
  CHECK(unicode::trimmed(text).data() == text.data() + 3);
  CHECK(unicode::trimmed(unicode::trimmed(text)) == "ada");
}

TEST_CASE("a text is blank when nobody could see anything in it", "[unicode][blank]") {
  for (const auto text : {""sv, " "sv, "\n\t\r"sv, "\0"sv, "\u007F\u0080\u009F"sv, "\u00A0\u0085\u2028\u2029"sv,
                          "\u115F\u1160\u3164\uFFA0"sv,              // the four Hangul fillers
                          "\u200B\u200C\u200D\u200E\u2060\uFEFF"sv,  // joiners, marks
                          "\u00AD\u034F\u061C\u17B4\u180E"sv, "\u2800"sv, "\uFE00\uFE0F"sv, "\u202E\u2066\u2069"sv,
                          "\U000E0001\U000E0020\U000E007F\U000E01EF"sv,  // tags, variation selectors
                          "\U0001D173 \U0001BCA0"sv}) {
    CHECK(unicode::blank(text));
  }
  CHECK(unicode::blank(repeated("\u3164 \u2800\n", 1000)));
}

TEST_CASE("a text with one visible code point is not blank", "[unicode][blank]") {
  for (const auto text :
       {"a"sv, "."sv, " \u3164\u200B-"sv, "\u0301"sv, "\u00E9"sv, "\u5B89"sv, "\U0001F600"sv, "\uFFFD"sv,
        "\u2764\uFE0F"sv, "\U0001F1E6"sv, "\u0600"sv, "\uFFF9"sv, "\u27FF"sv, "\u2801"sv, "\U000E1000"sv}) {
    CHECK_FALSE(unicode::blank(text));
  }
}

TEST_CASE("a control is seen wherever it stands", "[unicode][control]") {
  for (const auto text :
       {"\0"sv, "a\nb"sv, "\tada"sv, "ada\r"sv, "\u007F"sv, "a\u0080"sv, "\u0085a"sv, "\U0001F600\u009F"sv}) {
    CHECK(unicode::has_control(text));
  }
  for (const auto text :
       {""sv, "ada lovelace"sv, "~"sv, "\u00A0"sv, "\u00BF"sv, "\u00C2\u00A0"sv, "\u0100\u0400\u0800"sv,
        "\u2028\u2029\u200B"sv, "\u5B89\u9054"sv, "\U0001F600\U0001F480"sv, "\u00ADx"sv}) {
    CHECK_FALSE(unicode::has_control(text));
  }
}

TEST_CASE("a bidirectional override or isolate is seen wherever it stands", "[unicode][bidi]") {
  for (const auto text : {"\u202A"sv, "ada\u202E"sv, "\u202Dx"sv, "\u2066x\u2069"sv, "\u202C"sv, "\u5B89\u202B\u9054"sv,
                          "\u2067"sv, "\u2068"sv}) {
    CHECK(unicode::has_bidi_override(text));
  }
  for (const auto text : {""sv, "ada"sv, "\u05D0\u05D1"sv, "\u200E\u200F\u061C"sv, "\u2029\u202F"sv, "\u2065\u206A"sv,
                          "\u20AA\u21A6"sv, "\U000220AA"sv, "\u2E80\u2AAA"sv}) {
    CHECK_FALSE(unicode::has_bidi_override(text));
  }
}

TEST_CASE("one emoji of each shape is an emoji", "[unicode][emoji]") {
  for (const auto text : {
           "\U0001F600"sv, "\u2764"sv, "\u2764\uFE0F"sv, "\u00A9"sv, "\u00A9\uFE0F"sv, "\u3299"sv, "\U0001FAE9"sv,
           "\U0001F44D\U0001F3FD"sv, "\u261D\U0001F3FF"sv, "\U0001F3FB"sv,      // skin tones
           "1\uFE0F\u20E3"sv, "#\uFE0F\u20E3"sv, "*\uFE0F\u20E3"sv,             // keycaps
           "\U0001F1E9\U0001F1EA"sv, "\U0001F1FD\U0001F1FD"sv, "\U0001F1E6"sv,  // flags, of a country or none
           "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466"sv,      // a family
           "\U0001F469\U0001F3FD\u200D\U0001F680"sv,                            // an astronaut
           "\U0001F937\U0001F3FE\u200D\u2642\uFE0F"sv,                          // a shrug
           "\U0001F3F3\uFE0F\u200D\U0001F308"sv,                                // the rainbow flag
           "\U0001F3F4\u200D\u2620\uFE0F"sv,                                    // a pirate
           // a kiss of two people with two skin tones, the longest of all
           "\U0001F469\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F469\U0001F3FC"sv,
           "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"sv,  // England
           "\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"sv,  // Scotland
       }) {
    INFO(text);
    CHECK(unicode::emoji(text));
  }
}

TEST_CASE("text is no emoji", "[unicode][emoji]") {
  for (const auto text :
       {""sv,           "a"sv,          "ok"sv,         ":-)"sv,        ":smile:"sv,    " "sv,
        "\u00E9"sv,     "\u5B89"sv,     "\u2192"sv,     "\u0301"sv,     "\u3164"sv,     "\0"sv,
        "\uFE0F"sv,     "\u200D"sv,     "\u20E3"sv,     "\U000E0067"sv, "\U000E007F"sv, "\U0001F1E5"sv,
        "\U0001F322"sv, "\U0010FFFF"sv, "\U0002F600"sv, "\U0010F600"sv}) {
    INFO(text);
    CHECK_FALSE(unicode::emoji(text));
  }
}

TEST_CASE("digits, # and * are emoji only as keycaps", "[unicode][emoji]") {
  for (const auto base : {"0"sv, "1"sv, "9"sv, "#"sv, "*"sv}) {
    const std::string key(base);
    CHECK(unicode::emoji(key + "\uFE0F\u20E3"));
    CHECK(unicode::emoji("\U0001F600\u200D" + key + "\uFE0F\u20E3"));
    CHECK_FALSE(unicode::emoji(key));
    CHECK_FALSE(unicode::emoji(key + "\uFE0F"));
    CHECK_FALSE(unicode::emoji(key + "\u20E3"));
    CHECK_FALSE(unicode::emoji(key + "\U0001F3FD"));
    CHECK_FALSE(unicode::emoji(key + "\U000E0067\U000E007F"));
    CHECK_FALSE(unicode::emoji(key + "\u200D\U0001F600"));
    CHECK_FALSE(unicode::emoji("\U0001F600\u200D" + key));
    CHECK_FALSE(unicode::emoji(key + key));
  }
  CHECK_FALSE(unicode::emoji("12\uFE0F\u20E3"));
  CHECK_FALSE(unicode::emoji("a\uFE0F\u20E3"));
}

TEST_CASE("an emoji is one, whole and alone", "[unicode][emoji]") {
  const std::string face = "\U0001F600";
  for (const auto rest : {" "sv, "a"sv, "\n"sv, "\U0001F600"sv, "\u200D"sv, "\u200Da"sv, "\u200D\uFE0F"sv, "\uFE0E"sv,
                          "\u20E3"sv, "\u0301"sv, "\uFE0F\uFE0F"sv, "\uFE0F\u0301"sv, "\u200D\u200D\U0001F600"sv}) {
    CHECK_FALSE(unicode::emoji(face + std::string(rest)));
  }
  for (const auto before : {" "sv, "a"sv, "\u200D"sv, "\uFE0F"sv}) {
    CHECK_FALSE(unicode::emoji(std::string(before) + face));
  }
}

TEST_CASE("an emoji is modified once", "[unicode][emoji]") {
  CHECK_FALSE(unicode::emoji("\U0001F44D\U0001F3FD\U0001F3FD"));
  CHECK_FALSE(unicode::emoji("\U0001F44D\U0001F3FD\uFE0F"));
  CHECK_FALSE(unicode::emoji("\U0001F3F4\uFE0F\U000E0067\U000E007F"));
}

TEST_CASE("a flag is two regional indicators and joins nothing", "[unicode][emoji]") {
  CHECK_FALSE(unicode::emoji("\U0001F1E9\U0001F600"));
  CHECK_FALSE(unicode::emoji("\U0001F1E9\U0001F1EA\U0001F1E9"));
  CHECK_FALSE(unicode::emoji("\U0001F1E9\U0001F1EA\U0001F1E9\U0001F1EA"));
  CHECK_FALSE(unicode::emoji("\U0001F1E9\U0001F1EA\uFE0F"));
  CHECK_FALSE(unicode::emoji("\U0001F1E9\U0001F1EA\u200D\U0001F600"));
  CHECK_FALSE(unicode::emoji("\U0001F600\u200D\U0001F1E9\U0001F1EA"));
}

TEST_CASE("tags have a base before them and the cancel tag behind them", "[unicode][emoji]") {
  CHECK_FALSE(unicode::emoji("\U0001F3F4\U000E0067"));
  CHECK_FALSE(unicode::emoji("\U0001F3F4\U000E007F"));
  CHECK_FALSE(unicode::emoji("\U0001F3F4\U000E0067\U0001F3F4"));
  CHECK_FALSE(unicode::emoji("\U0001F3F4\U000E0001\U000E007F"));
  CHECK_FALSE(unicode::emoji("\U0001F3F4\U000E0067\U000E007F\U000E007F"));
  CHECK_FALSE(unicode::emoji("\U000E0067\U000E007F"));
}

TEST_CASE("an emoji has at most thirty-two code points", "[unicode][emoji]") {
  const std::string flag = "\U0001F3F4", cancel = "\U000E007F";
  CHECK(unicode::emoji(flag + repeated("\U000E0061", 30) + cancel));
  CHECK_FALSE(unicode::emoji(flag + repeated("\U000E0061", 31) + cancel));
  CHECK(unicode::emoji(repeated("\u2764\u200D", 15) + "\u2764"));
  CHECK(unicode::emoji(repeated("\u2764\u200D", 15) + "\u2764\uFE0F"));
  CHECK_FALSE(unicode::emoji(repeated("\u2764\u200D", 16) + "\u2764"));
  CHECK_FALSE(unicode::emoji(repeated("\u2764\u200D", 100000) + "\u2764"));
}

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

namespace {

// Asks everything about a copy in a block of its own size, so that a sanitizer sees a read beyond it.
void ask_everything(std::string_view text) {
  const auto block = std::make_unique<char[]>(text.size());
  text.copy(block.get(), text.size());
  const std::string_view alone(block.get(), text.size());
  REQUIRE(unicode::count(alone) <= alone.size());
  REQUIRE(unicode::trimmed(alone).size() <= alone.size());
  REQUIRE(unicode::blank(alone) == unicode::blank(text));
  REQUIRE(unicode::has_control(alone) == unicode::has_control(text));
  REQUIRE(unicode::has_bidi_override(alone) == unicode::has_bidi_override(text));
  REQUIRE(unicode::emoji(alone) == unicode::emoji(text));
}

}  // namespace

// The strict reader lets no such bytes in; they are asked all the same.
TEST_CASE("bytes that are not UTF-8 are read to their end and no further", "[unicode][bounds]") {
  const std::string_view bytes = "\x20\x31\x80\xBF\xC2\xE2\xEF\xF0\xF4\xFF";
  for (std::size_t mix = 0; mix < 10000; ++mix) {
    const std::string text = {bytes[mix % 10], bytes[mix / 10 % 10], bytes[mix / 100 % 10], bytes[mix / 1000]};
    for (std::size_t size = 0; size <= 4; ++size) ask_everything(std::string_view(text).substr(0, size));
    REQUIRE_FALSE(unicode::emoji(text));
  }
  CHECK(unicode::trimmed(" \xE3\x80") == "\xE3\x80");
  CHECK(unicode::trimmed("\x80\x80\x80\x80\x80 ") == "\x80\x80\x80\x80\x80");
  CHECK_FALSE(unicode::blank("\xE3\x80"));
}

TEST_CASE("a text cut anywhere is read to its end and no further", "[unicode][bounds]") {
  for (const auto text :
       {"\U0001F1E9\U0001F1EA"sv, "1\uFE0F\u20E3"sv, "\U0001F469\U0001F3FD\u200D\u2764\uFE0F\u200D\U0001F469"sv,
        "\U0001F3F4\U000E0067\U000E0062\U000E007F"sv, "\u3000\u2028 \u00A0\u200B\uFEFF\u202E\u0085"sv}) {
    for (std::size_t from = 0; from <= text.size(); ++from) {
      for (std::size_t size = 0; size <= text.size() - from; ++size) ask_everything(text.substr(from, size));
    }
  }
}
