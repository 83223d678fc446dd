// A user: what its rules ask of it, and the rules.
#pragma once

#include <string>

#include "chat/user/contract.hpp"
#include "kernel/decision.hpp"
#include "kernel/envelope.hpp"

namespace crowbar::chat::user {

struct State {
  bool registered = false;
  std::string name;
};

using Decision = crowbar::Decision<Contract::Event, Rejection>;
using Context = crowbar::Context<Facts>;

struct Aggregate {
  using Contract = user::Contract;
  using State = user::State;
  using Facts = user::Facts;
};

Decision decide(const RegisterUser& command, const State& state, const Context& context);
Decision decide(const RenameUser& command, const State& state, const Context& context);

void evolve(State& state, const UserRegistered& event, const Recorded& recorded);
void evolve(State& state, const UserRenamed& event, const Recorded& recorded);

/// Only the person whose stream it is: it holds their e-mail address.
bool admits(const State& state, std::string_view stream_id, ActorId reader);

/// Saves or loads every part; see kernel/archive.hpp.
template <class Io, class S>
void archive(Io& io, S& state) {
  io(state.registered);
  io(state.name);
}
inline bool consistent(const State&) { return true; }

}  // namespace crowbar::chat::user
