// The canonical writer on numbers, and what speculation makes of them again.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "kernel/typed_reader.hpp"

using crowbar::max_integer;

namespace {

// Around every power of ten and of two: where the number of digits changes, and the width of a division.
std::vector<std::int64_t> edges() {
  std::vector<std::int64_t> numbers{0, 1, max_integer};
  const auto around = [&numbers](std::int64_t number) {
    for (const std::int64_t each : {number - 1, number, number + 1, number * 3 + 7}) {
      if (each <= max_integer) numbers.push_back(each);
    }
  };
  for (std::int64_t ten = 10; ten < max_integer; ten *= 10) around(ten);
  for (std::int64_t two = 2; two < max_integer; two *= 2) around(two);
  return numbers;
}

std::string written(std::int64_t number) {
  crowbar::Bytes out;
  out.append("x");
  crowbar::write_integer(out, number);
  return std::string(out.view().substr(1));
}

/// `{"at":n}`, matched as our own writer writes it.
struct Moment {
  std::int64_t at = 0;
  static constexpr auto describe() {
    return crowbar::record<Moment>("moment", "A moment.", crowbar::field("at", &Moment::at, "when"));
  }
};

}  // namespace

TEST_CASE("every whole number is written with its digits, and no other", "[writer][numbers]") {
  for (const std::int64_t number : edges()) {
    CHECK(written(number) == std::to_string(number));
    CHECK(written(-number) == std::to_string(-number));
  }
}

TEST_CASE("a number that speculation takes is the number that was written", "[reader][speculation][numbers]") {
  for (const std::int64_t number : edges()) {
    for (const char* after : {"}", "}                "}) {
      const std::string input = "{\"at\":" + std::to_string(number) + after;
      INFO(input);
      crowbar::Arena arena;
      crowbar::Fault fault;
      crowbar::Reader reader(input, crowbar::Door::log, arena, fault);
      Moment moment;
      // At most 15 digits are taken without a check of the range; the others are for the general reader.
      const bool short_enough = number < 1'000'000'000'000'000;
      CHECK(speculate(reader, moment) == short_enough);
      if (short_enough) CHECK(moment.at == number);
    }
  }
  for (const char* odd : {"{\"at\":}", "{\"at\":01}", "{\"at\":0123456789}", "{\"at\":1234567/}", "{\"at\":1234567:}",
                          "{\"at\":-1}", "{\"at\":1.0}", "{\"at\":12345678", "{\"at\":"}) {
    INFO(odd);
    crowbar::Arena arena;
    crowbar::Fault fault;
    crowbar::Reader reader(odd, crowbar::Door::log, arena, fault);
    Moment moment;
    CHECK_FALSE(speculate(reader, moment));
  }
}
