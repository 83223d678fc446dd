// What a fuzz target holds for true. A claim that fails says which, and ends the program: that is a find.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace crowbar::fuzz {

inline void claim(bool holds, const char* what, std::string_view shown = {}) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n%.*s\n", what, static_cast<int>(shown.size()), shown.data());
  std::abort();
}

}  // namespace crowbar::fuzz
