// An aggregate without a rule for one of its commands.
#include "lamp.hpp"

namespace lamp {

inline void evolve(State& state, const SwitchedOff&, const crowbar::Recorded&) { state.on = false; }
#if !defined(WRONG)
inline Decision decide(const SwitchOff&, const State&, const Context&) { return SwitchedOff{}; }
#endif
const crowbar::Rules& rules = crowbar::rules_of<Aggregate>;

}  // namespace lamp
