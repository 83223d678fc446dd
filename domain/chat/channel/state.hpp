// What the rules of a channel ask: who is in it, who wrote which message, who reacted how. Never the texts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chat/channel/contract.hpp"
#include "chat/channel/reactions.hpp"
#include "kernel/digest.hpp"
#include "kernel/envelope.hpp"
#include "kernel/interner.hpp"

namespace crowbar::chat::channel {

enum class Phase : std::uint8_t { none, open, archived };

/// One message. Its text is kept as a digest, which is all that "the same text again" needs.
struct Message {
  std::uint32_t author;  ///< its number among `State::people`
  bool deleted;
  Digest sent;  ///< of text and replyTo as they were sent: a resend is compared with this, also after an edit
  Digest text;  ///< of the text as it is now
};

struct State {
  Phase phase = Phase::none;
  std::uint32_t owner = Interner::none;
  std::string name;
  std::string description;
  Interner people;                    ///< everybody who was ever a member or wrote
  std::vector<std::uint8_t> members;  ///< by number of the person: 1 for a member
  Interner message_ids;               ///< in order of sending
  std::vector<Message> messages;      ///< by number of the message id
  Reactions reactions;

  bool is_owner(UserId user) const { return owner != Interner::none && people.find(user.value) == owner; }
  bool is_member(UserId user) const {
    const std::uint32_t number = people.find(user.value);
    return number != Interner::none && members[number] == 1;
  }
  const Message* find(MessageId id) const {
    const std::uint32_t number = message_ids.find(id.value);
    return number == Interner::none ? nullptr : &messages[number];
  }
};

/// The digest of a message as it is sent.
Digest digest_of(std::string_view text, const std::optional<MessageId>& reply_to);

void evolve(State& state, const ChannelCreated& event, const Recorded& recorded);
void evolve(State& state, const ChannelRenamed& event, const Recorded& recorded);
void evolve(State& state, const ChannelDescribed& event, const Recorded& recorded);
void evolve(State& state, const ChannelArchived& event, const Recorded& recorded);
void evolve(State& state, const UserJoinedChannel& event, const Recorded& recorded);
void evolve(State& state, const UserLeftChannel& event, const Recorded& recorded);
void evolve(State& state, const MessageSent& event, const Recorded& recorded);
void evolve(State& state, const MessageEdited& event, const Recorded& recorded);
void evolve(State& state, const MessageDeleted& event, const Recorded& recorded);
void evolve(State& state, const ReactionAdded& event, const Recorded& recorded);
void evolve(State& state, const ReactionRemoved& event, const Recorded& recorded);

/// Which message of the channel this is, counted from 0 in order of sending; an unknown one would be the next.
std::uint32_t position(const State& state, std::string_view message);

/// Saves or loads every part; see kernel/archive.hpp.
template <class Io, class S>
void archive(Io& io, S& state) {
  io(state.phase);
  io(state.owner);
  io(state.name);
  io(state.description);
  io(state.people);
  io.list(state.members, [](auto& each, auto& member) { each(member); });
  io(state.message_ids);
  io.list(state.messages, [](auto& each, auto& message) {
    each(message.author);
    each(message.deleted);
    each(message.sent.low);
    each(message.sent.high);
    each(message.text.low);
    each(message.text.high);
  });
  archive(io, state.reactions);
}
/// Could folding have led to this? Asked of what was loaded from bytes.
bool consistent(const State& state);

}  // namespace crowbar::chat::channel
