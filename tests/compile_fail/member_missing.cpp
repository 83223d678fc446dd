// A record that is described without one of its members.
#include "kernel/description.hpp"

struct Greeting {
  std::string_view from;
#if defined(WRONG)
  std::string_view text;
#endif
  static constexpr auto describe() {
    return crowbar::record<Greeting>("greeting", "Somebody greets.", crowbar::field("from", &Greeting::from, "who"));
  }
};

static_assert(crowbar::description<Greeting>.size == 1);
