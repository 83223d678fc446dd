// What texts are: how long, how empty, how honest. Every literal is UTF-8.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "../domain/kernel/unicode/text.hpp"
#include "repeated.hpp"

namespace unicode = crowbar::unicode;
using crowbar::tests::repeated;
using namespace std::string_view_literals;

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
