// Asking the strict reader about one document, in a specification.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "kernel/reader.hpp"

namespace crowbar::tests {

// As a person can read it, whatever the bytes are.
inline std::string shown(std::string_view bytes) {
  std::string shown;
  for (const char c : bytes.substr(0, 200)) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      shown += c;
    } else {
      (((shown += "\\x") += digits[byte >> 4]) += digits[byte & 15]);
    }
  }
  return shown;
}

inline void accepts(const std::string& input) {
  INFO(shown(input));
  const Fault fault = check_json(input);
  CHECK(describe(fault.code).code == "none");
}

inline void refuses(const std::string& input, FaultCode code, std::int64_t offset, std::string_view pointer = "") {
  INFO(shown(input));
  const Fault fault = check_json(input);
  CHECK(describe(fault.code).code == describe(code).code);
  CHECK(fault.offset == offset);
  CHECK(fault.pointer == pointer);
}

inline std::string repeated(std::string_view text, int times) {
  std::string repeated;
  for (int n = 0; n < times; ++n) repeated += text;
  return repeated;
}
// What stands between `before` and `after`. (Not a sum: g++ 12 sees an overlap in `literal + temporary` that is none.)
inline std::string between(std::string_view before, std::string_view content, std::string_view after) {
  return std::string(before).append(content).append(after);
}
inline std::string nested(int levels) { return between(repeated("[", levels), "", repeated("]", levels)); }
inline std::string object_of(int members) {
  std::string object = "{";
  for (int n = 0; n < members; ++n) {
    if (n != 0) object += ',';
    object += '"';
    object += std::to_string(n);
    object += "\":0";
  }
  return object + '}';
}

}  // namespace crowbar::tests
