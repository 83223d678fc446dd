// A record that is described without a member so small that the record's size does not show it.
#include "kernel/description.hpp"

struct Greeting {
  std::string_view from;
  bool loud;
#if defined(WRONG)
  bool twice;
#endif
  static constexpr auto describe() {
    return crowbar::record<Greeting>("greeting", "Somebody greets.",  //
                                     crowbar::field("from", &Greeting::from, "who"),
                                     crowbar::field("loud", &Greeting::loud, "whether it is shouted"));
  }
};

static_assert(crowbar::description<Greeting>.size == 2);
