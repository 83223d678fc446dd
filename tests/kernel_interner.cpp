// Texts as numbers, also where somebody has chosen the texts.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "kernel/digest.hpp"
#include "kernel/interner.hpp"

namespace crowbar::tests {
namespace {

std::string concat_number(const char* name, std::uint64_t number) {
  std::string text = name;
  text += std::to_string(number);
  return text;
}

// Texts that all begin at the same place of a table of `places`. Whoever reads the source can find such ids.
std::vector<std::string> chosen_texts(std::size_t count, std::uint32_t places) {
  std::vector<std::string> chosen;
  for (std::uint64_t n = 0; chosen.size() < count; ++n) {
    std::string text = concat_number("m", n);
    if ((Digest::tag(text) & (places - 1)) == 7) chosen.push_back(std::move(text));
  }
  return chosen;
}

}  // namespace

TEST_CASE("a text has the number of its first sight, however many there are", "[interner]") {
  Interner interner;
  CHECK(interner.find("a") == Interner::none);
  for (std::uint32_t n = 0; n < 5'000; ++n) REQUIRE(interner.add(std::to_string(n)) == n);
  for (std::uint32_t n = 0; n < 5'000; ++n) {
    REQUIRE(interner.find(std::to_string(n)) == n);
    REQUIRE(interner.add(std::to_string(n)) == n);
    REQUIRE(interner[n] == std::to_string(n));
  }
  CHECK(interner.find("5000") == Interner::none);
  CHECK(interner.find("") == Interner::none);
  CHECK(interner.add("") == 5'000);
  CHECK(interner.find("") == 5'000);
}

TEST_CASE("texts are sorted by their bytes", "[interner]") {
  for (const std::uint32_t count : {0U, 1U, 2U, 3U, 7U, 8U, 9U, 1'000U, 1'025U}) {
    Interner interner;
    std::vector<std::string> texts;
    for (std::uint32_t n = 0; n < count; ++n) {
      texts.push_back(std::to_string(n * 7'919U % 10'007U));
      interner.add(texts.back());
    }
    std::sort(texts.begin(), texts.end());
    std::vector<std::string> sorted;
    for (const std::uint32_t number : interner.sorted()) sorted.emplace_back(interner[number]);
    CHECK((sorted == texts));
  }
}

TEST_CASE("nobody can choose texts that take long to find", "[interner]") {
  const std::vector<std::string> texts = chosen_texts(1'500, 2'048);
  Interner interner;
  std::uint32_t most = 0;
  for (std::uint32_t n = 0; n < texts.size(); ++n) {
    REQUIRE(interner.find(texts[n]) == Interner::none);
    most = std::max(most, interner.steps(texts[n]));
    REQUIRE(interner.add(texts[n]) == n);
    REQUIRE(interner.add(texts[n / 2]) == n / 2);
  }
  for (std::uint32_t n = 0; n < texts.size(); ++n) {
    REQUIRE(interner.find(texts[n]) == n);
    most = std::max(most, interner.steps(texts[n]));
  }
  CHECK(most <= 64 + 11 * 12 / 2);  // one by one it would be 1,500
  std::vector<std::string> sorted;
  for (const std::uint32_t number : interner.sorted()) sorted.emplace_back(interner[number]);
  CHECK(std::is_sorted(sorted.begin(), sorted.end()));
  CHECK(sorted.size() == texts.size());
  // Others among them are found as quickly, and after all have moved to a larger table.
  for (std::uint32_t n = 0; n < 3'000; ++n) REQUIRE(interner.add(concat_number("x", n)) == texts.size() + n);
  for (std::uint32_t n = 0; n < texts.size(); ++n) REQUIRE(interner.find(texts[n]) == n);
  for (std::uint32_t n = 0; n < 3'000; ++n) REQUIRE(interner.find(concat_number("x", n)) == texts.size() + n);
}

TEST_CASE("texts that nobody chose take few steps", "[interner]") {
  Interner interner;
  for (std::uint32_t n = 0; n < 100'000; ++n) interner.add(concat_number("m", n));
  std::uint64_t steps = 0;
  for (std::uint32_t n = 0; n < 100'000; ++n) {
    steps += interner.steps(concat_number("m", n));
    steps += interner.steps(concat_number("other", n));
  }
  CHECK(steps < 400'000);
}

}  // namespace crowbar::tests
