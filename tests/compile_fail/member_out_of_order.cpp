// A record whose members are described in another order than they have, where their sizes show it.
#include "kernel/description.hpp"

struct Greeting {
#if defined(WRONG)
  bool loud;
  std::string_view from;
  bool twice;
#else
  std::string_view from;
  bool loud;
  bool twice;
#endif
  static constexpr auto describe() {
    return crowbar::record<Greeting>("greeting", "Somebody greets.",  //
                                     crowbar::field("from", &Greeting::from, "who"),
                                     crowbar::field("loud", &Greeting::loud, "whether it is shouted"),
                                     crowbar::field("twice", &Greeting::twice, "whether it is said again"));
  }
};

static_assert(crowbar::description<Greeting>.size == 3);
