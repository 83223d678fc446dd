// No question about a text reads beyond its bytes, whatever they are. Every literal is UTF-8.
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "../domain/kernel/unicode/text.hpp"

namespace unicode = crowbar::unicode;
using namespace std::string_view_literals;

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
