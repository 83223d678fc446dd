// The form of an e-mail address, as far as a form can be judged without sending to it.
#pragma once

#include <algorithm>
#include <string_view>

namespace crowbar::chat::user {

/// An ASCII address: 3..254 characters, a local part of 1..64 (dot-atom, RFC 5322 3.2.3), and a domain of two labels or
/// more (RFC 1035 2.3.1, digits allowed). Quoted local parts and address literals are not taken.
constexpr bool is_email(std::string_view address) {
  const auto alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto in_atom = [&](char c) {
    return alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  };
  const auto in_label = [&](char c) { return alphanumeric(c) || c == '-'; };
  // Parts between dots, each of them not empty and of allowed characters; their number, or 0.
  const auto parts = [](std::string_view text, auto&& good) {
    int count = 0;
    for (;;) {
      const std::size_t dot = std::min(text.find('.'), text.size());
      if (!good(text.substr(0, dot))) return 0;
      ++count;
      if (dot == text.size()) return count;
      text.remove_prefix(dot + 1);
    }
  };
  const auto is_atom = [&](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), in_atom);
  };
  const auto is_label = [&](std::string_view part) {
    return !part.empty() && part.size() <= 63 && part.front() != '-' && part.back() != '-' &&
           std::all_of(part.begin(), part.end(), in_label);
  };

  const std::size_t at = address.find('@');
  if (address.size() > 254 || at == std::string_view::npos || at > 64) return false;
  return parts(address.substr(0, at), is_atom) >= 1 && parts(address.substr(at + 1), is_label) >= 2;
}

}  // namespace crowbar::chat::user
