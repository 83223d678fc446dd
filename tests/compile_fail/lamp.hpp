// A small aggregate and a projection, of which each test leaves something out.
#pragma once

#include <array>

#include "kernel/projection.hpp"
#include "kernel/rules.hpp"

namespace lamp {

struct SwitchOn {
  static constexpr auto describe() { return crowbar::record<SwitchOn>("switch_on", "Light."); }
};
struct SwitchOff {
  static constexpr auto describe() { return crowbar::record<SwitchOff>("switch_off", "Dark."); }
};
struct SwitchedOn {
  static constexpr auto describe() { return crowbar::record<SwitchedOn>("switched_on", "It is light."); }
};
struct SwitchedOff {
  static constexpr auto describe() { return crowbar::record<SwitchedOff>("switched_off", "It is dark."); }
};

enum class Rejection : std::uint8_t { broken };
inline constexpr std::array<crowbar::RejectionDescription<Rejection>, 1> rejections{
    {{Rejection::broken, "broken", crowbar::Outcome::rejected, "It is broken."}}};
constexpr const crowbar::RejectionDescription<Rejection>& describe(Rejection) { return rejections[0]; }

struct Facts {
  static constexpr auto describe() { return crowbar::record<Facts>("facts", "Nothing."); }
};
struct State {
  bool on = false;
};
struct Contract {
  static constexpr std::string_view name = "lamp";
  using Command = std::variant<SwitchOn, SwitchOff>;
  using Event = std::variant<SwitchedOn, SwitchedOff>;
  using Earlier = std::tuple<>;
  using Rejection = lamp::Rejection;
};
struct Aggregate {
  using Contract = lamp::Contract;
  using State = lamp::State;
  using Facts = lamp::Facts;
};
using Decision = crowbar::Decision<Contract::Event, Rejection>;
using Context = crowbar::Context<Facts>;

inline Decision decide(const SwitchOn&, const State&, const Context&) { return SwitchedOn{}; }
inline void evolve(State& state, const SwitchedOn&, const crowbar::Recorded&) { state.on = true; }
template <class Io, class S>
void archive(Io& io, S& state) {
  io(state.on);
}
inline bool consistent(const State&) { return true; }

}  // namespace lamp
