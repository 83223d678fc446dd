// An aggregate whose state does not know one of its events.
#include "lamp.hpp"

namespace lamp {

inline Decision decide(const SwitchOff&, const State&, const Context&) { return SwitchedOff{}; }
#if !defined(WRONG)
inline void evolve(State& state, const SwitchedOff&, const crowbar::Recorded&) { state.on = false; }
#endif
const crowbar::Rules& rules = crowbar::rules_of<Aggregate>;

}  // namespace lamp
