#include "chat/channel/state.hpp"

namespace crowbar::chat::channel {
namespace {

std::uint32_t person(State& state, UserId user) {
  const std::uint32_t number = state.people.add(user.value);
  if (number == state.members.size()) state.members.push_back(0);
  return number;
}

Message* message_of(State& state, MessageId id) {
  const std::uint32_t number = state.message_ids.find(id.value);
  return number == Interner::none ? nullptr : &state.messages[number];
}

}  // namespace

Digest digest_of(std::string_view text, const std::optional<MessageId>& reply_to) {
  const Digest said = Digest{}.then(text);
  return reply_to ? said.then(reply_to->value) : said;
}

void evolve(State& state, const ChannelCreated& event, const Recorded& recorded) {
  state.phase = Phase::open;
  state.name = event.name;
  state.description = event.description;
  state.owner = person(state, recorded.actor);
  state.members[state.owner] = 1;
}
void evolve(State& state, const ChannelRenamed& event, const Recorded&) { state.name = event.name; }
void evolve(State& state, const ChannelDescribed& event, const Recorded&) { state.description = event.description; }
void evolve(State& state, const ChannelArchived&, const Recorded&) { state.phase = Phase::archived; }
void evolve(State& state, const UserJoinedChannel& event, const Recorded&) {
  state.members[person(state, event.user)] = 1;
}
void evolve(State& state, const UserLeftChannel& event, const Recorded&) {
  state.members[person(state, event.user)] = 0;
}

void evolve(State& state, const MessageSent& event, const Recorded& recorded) {
  if (state.message_ids.add(event.message.value) != state.messages.size()) return;
  const Digest text = Digest{}.then(event.text);
  const Digest sent = event.reply_to ? text.then(event.reply_to->value) : text;
  state.messages.push_back({person(state, recorded.actor), false, sent, text});
}
void evolve(State& state, const MessageEdited& event, const Recorded&) {
  if (Message* message = message_of(state, event.message)) message->text = Digest{}.then(event.text);
}
void evolve(State& state, const MessageDeleted& event, const Recorded&) {
  if (Message* message = message_of(state, event.message)) message->deleted = true;
}
void evolve(State& state, const ReactionAdded& event, const Recorded& recorded) {
  const std::uint32_t number = state.message_ids.find(event.message.value);
  if (number != Interner::none) state.reactions.add(number, event.emoji, person(state, recorded.actor));
}
void evolve(State& state, const ReactionRemoved& event, const Recorded& recorded) {
  const std::uint32_t number = state.message_ids.find(event.message.value);
  if (number != Interner::none) state.reactions.remove(number, event.emoji, person(state, recorded.actor));
}

std::uint32_t position(const State& state, std::string_view message) {
  const std::uint32_t number = state.message_ids.find(message);
  return number == Interner::none ? state.message_ids.size() : number;
}

bool consistent(const State& state) {
  const std::uint32_t people = state.people.size();
  if (state.phase > Phase::archived || state.members.size() != people) return false;
  if (state.owner != Interner::none && state.owner >= people) return false;
  if (state.messages.size() != state.message_ids.size()) return false;
  for (const Message& message : state.messages) {
    if (message.author >= people) return false;
  }
  return state.reactions.within(state.message_ids.size(), people);
}

}  // namespace crowbar::chat::channel
