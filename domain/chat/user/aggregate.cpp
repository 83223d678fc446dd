#include "chat/user/aggregate.hpp"

#include "chat/user/email.hpp"
#include "kernel/unicode/text.hpp"

namespace crowbar::chat::user {
namespace {

bool is_name(std::string_view trimmed) {
  return !unicode::blank(trimmed) && unicode::count(trimmed) <= longest_name && !unicode::has_control(trimmed) &&
         !unicode::has_bidi_override(trimmed);
}

Decision invalid_name() { return {Rejection::user_name_invalid, {"/data/name", longest_name}}; }

}  // namespace

Decision decide(const RegisterUser& command, const State& state, const Context& context) {
  if (context.actor.value != context.stream_id) return Rejection::not_yourself;
  if (state.registered) return Rejection::user_already_registered;
  const std::string_view name = unicode::trimmed(command.name);
  if (!is_name(name)) return invalid_name();
  if (command.email && !is_email(*command.email)) return {Rejection::email_invalid, {"/data/email"}};
  return UserRegistered{name, command.email};
}

Decision decide(const RenameUser& command, const State& state, const Context& context) {
  if (context.actor.value != context.stream_id) return Rejection::not_yourself;
  if (!state.registered) return Rejection::user_not_registered;
  const std::string_view name = unicode::trimmed(command.name);
  if (!is_name(name)) return invalid_name();
  if (name == state.name) return unchanged();
  return UserRenamed{name};
}

void evolve(State& state, const UserRegistered& event, const Recorded&) {
  state.registered = true;
  state.name = event.name;
}
void evolve(State& state, const UserRenamed& event, const Recorded&) { state.name = event.name; }

bool admits(const State&, std::string_view stream_id, ActorId reader) { return reader.value == stream_id; }

}  // namespace crowbar::chat::user
