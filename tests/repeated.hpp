#pragma once

#include <string>
#include <string_view>

namespace crowbar::tests {

/// `text` as often as `times` says.
inline std::string repeated(std::string_view text, int times) {
  std::string repeated;
  for (int n = 0; n < times; ++n) repeated += text;
  return repeated;
}

}  // namespace crowbar::tests
