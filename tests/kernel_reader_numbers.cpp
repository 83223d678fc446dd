// The strict reader on numbers: whole ones that JavaScript holds exactly, written in the one way.
#include <catch2/catch.hpp>
#include <string>

#include "kernel/reader.hpp"
#include "kernel/typed_reader.hpp"

using crowbar::Fault;
using crowbar::FaultCode;

namespace {

constexpr std::int64_t largest = 9'007'199'254'740'991;  // 2^53 - 1

void reads(const std::string& input, std::int64_t number) {
  INFO(input);
  crowbar::Arena arena;
  Fault fault;
  crowbar::Reader reader(input, crowbar::Door::log, arena, fault);
  std::int64_t read = 0;
  CHECK(reader.integer(read));
  CHECK(read == number);
  CHECK_FALSE(crowbar::check_json(input));
  CHECK_FALSE(crowbar::check_json(std::string("[").append(input).append(",").append(input).append("]")));
}

void refuses(const std::string& input, FaultCode code) {
  INFO(input);
  for (const std::string& around : {std::string("[]"), std::string("{}")}) {
    const std::string before = around == "[]" ? "[" : "{\"n\":";
    const Fault fault = crowbar::check_json(before + input + around[1]);
    CHECK(describe(fault.code).code == describe(code).code);
    CHECK(fault.offset == static_cast<std::int64_t>(before.size()));
    CHECK(fault.pointer == (around == "[]" ? "/0" : "/n"));
  }
  crowbar::Arena arena;
  Fault fault;
  crowbar::Reader reader(input, crowbar::Door::log, arena, fault);
  std::int64_t read = 0;
  CHECK_FALSE(reader.integer(read));
  CHECK(fault.offset == 0);
  CHECK(describe(crowbar::check_json(input).code).code == describe(code).code);
}

}  // namespace

TEST_CASE("a whole number of at most 2^53-1 is read exactly", "[reader][numbers]") {
  reads("0", 0);
  reads("1", 1);
  reads("-1", -1);
  reads("10", 10);
  reads("999999999999999", 999'999'999'999'999);
  reads("1000000000000000", 1'000'000'000'000'000);
  reads("9007199254740990", largest - 1);
  reads("9007199254740991", largest);
  reads("-9007199254740991", -largest);
}

TEST_CASE("a number beyond 2^53-1 is refused, however far", "[reader][numbers]") {
  for (const char* number :
       {"9007199254740992", "-9007199254740992", "9007199254740993", "9999999999999999", "10000000000000000",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
        "18446744073709551616", "18446744073709551617", "-18446744073709551616", "36893488147419103233",
        "100000000000000000000000000000000000000000000000000000000000000000"}) {
    refuses(number, FaultCode::integer_out_of_range);
  }
  refuses(std::string("1").append(100'000, '0'), FaultCode::integer_out_of_range);
}

TEST_CASE("minus zero is refused", "[reader][numbers]") { refuses("-0", FaultCode::negative_zero); }

TEST_CASE("a fraction or an exponent is refused, also where the value would be whole", "[reader][numbers]") {
  for (const char* number :
       {"41.0", "4.1e1", "0.0", "-0.0", "1e0", "1E0", "1e+0", "1e-0", "0e0", "-0e0", "1.5", "-1.5", "410e-1", "1e400",
        "1e-400", "0.1e1", "9007199254740991.0", "9007199254740992.5", "1.0E+2"}) {
    refuses(number, FaultCode::not_an_integer);
  }
}

TEST_CASE("a number is written as JSON writes numbers", "[reader][numbers]") {
  for (const char* number : {"-",  "00",  "01",  "-00",  "-01",   "007", "1.",  "-1.", "0.",   "1.e1", "1e",
                             "1E", "1e+", "1e-", "1.5e", "1.5e+", "-a",  "--1", "-.5", "1.-1", "1ee1"}) {
    refuses(number, FaultCode::number_malformed);
  }
}

TEST_CASE("what only resembles a number is none", "[reader][numbers]") {
  for (const char* text : {"+1", ".5", "NaN", "Infinity", "x1"}) {
    INFO(text);
    CHECK(describe(crowbar::check_json(text).code).code == "unexpected_character");
  }
  for (const char* text : {"0x1", "1_000", "1,000", "1 000", "1f", "1n"}) {
    INFO(text);
    CHECK(describe(crowbar::check_json(text).code).code == "trailing_content");
  }
  CHECK(describe(crowbar::check_json("-Infinity").code).code == "number_malformed");
}

TEST_CASE("a text, true and null are no numbers", "[reader][numbers]") {
  for (const char* input : {"\"1\"", "true", "false", "null", "[1]", "{}"}) {
    INFO(input);
    crowbar::Arena arena;
    Fault fault;
    crowbar::Reader reader(input, crowbar::Door::log, arena, fault);
    std::int64_t read = 0;
    CHECK_FALSE(reader.integer(read));
    CHECK(describe(fault.code).code == "wrong_type");
  }
}
