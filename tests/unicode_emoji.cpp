// Which texts are an emoji, one and whole. Every literal is UTF-8.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "../domain/kernel/unicode/text.hpp"
#include "repeated.hpp"

namespace unicode = crowbar::unicode;
using crowbar::tests::repeated;
using namespace std::string_view_literals;

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
