#include "chat/channel/aggregate.hpp"

#include <algorithm>

#include "kernel/unicode/text.hpp"

namespace crowbar::chat::channel {
namespace {

constexpr std::string_view claim_space = "channel-name";

bool is_channel_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  return !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), allowed);
}

Decision invalid_name() { return {Rejection::channel_name_invalid, {"/data/name", longest_name}}; }

bool taken(std::string_view name, const Context& context) {
  if (!context.facts.claimed) return false;
  const auto is_it = [name](std::string_view key) {
    return key.size() == claim_space.size() + 1 + name.size() && key.starts_with(claim_space) &&
           key[claim_space.size()] == ':' && key.ends_with(name);
  };
  return std::any_of(context.facts.claimed->begin(), context.facts.claimed->end(), is_it);
}

/// A text's length where it is beyond the limit, else 0. Bytes are never fewer than code points.
std::uint32_t beyond(std::string_view text, std::uint32_t limit) {
  if (text.size() <= limit) return 0;
  const std::uint32_t length = unicode::count(text);
  return length > limit ? length : 0;
}

Decision too_long(Rejection rejection, std::string_view pointer, std::uint32_t limit, std::uint32_t actual) {
  return {rejection, {pointer, limit, actual}};
}

}  // namespace

Decision decide(const CreateChannel& command, const State& state, const Context& context) {
  if (state.phase != Phase::none) return Rejection::channel_already_exists;
  if (!is_channel_name(command.name)) return invalid_name();
  if (taken(command.name, context)) return {Rejection::channel_name_taken, {"/data/name"}};
  if (const auto length = beyond(command.description, longest_description)) {
    return too_long(Rejection::description_too_long, "/data/description", longest_description, length);
  }
  return ChannelCreated{command.name, command.description};
}

Decision decide(const RenameChannel& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_owner(context.actor)) return Rejection::not_the_owner;
  if (!is_channel_name(command.name)) return invalid_name();
  if (command.name == state.name) return unchanged();
  if (taken(command.name, context)) return {Rejection::channel_name_taken, {"/data/name"}};
  return ChannelRenamed{command.name};
}

Decision decide(const DescribeChannel& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_owner(context.actor)) return Rejection::not_the_owner;
  if (const auto length = beyond(command.description, longest_description)) {
    return too_long(Rejection::description_too_long, "/data/description", longest_description, length);
  }
  if (command.description == state.description) return unchanged();
  return ChannelDescribed{command.description};
}

Decision decide(const ArchiveChannel&, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (!state.is_owner(context.actor)) return Rejection::not_the_owner;
  if (state.phase == Phase::archived) return unchanged();
  return ChannelArchived{};
}

Decision decide(const JoinChannel&, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (state.is_member(context.actor)) return unchanged();
  return UserJoinedChannel{context.actor};
}

Decision decide(const LeaveChannel&, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (!state.is_member(context.actor)) return Rejection::not_a_member;
  return UserLeftChannel{context.actor};
}

Decision decide(const SendMessage& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  const std::string_view text = unicode::trimmed(command.text);
  const Message* const sent = state.find(command.message);
  if (sent != nullptr && sent->author == state.people.find(context.actor.value) &&
      sent->sent == digest_of(text, command.reply_to)) {
    return unchanged();
  }
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_member(context.actor)) return Rejection::not_a_member;
  if (unicode::blank(text)) return {Rejection::text_empty, {"/data/text"}};
  if (const auto length = beyond(text, longest_text)) {
    return too_long(Rejection::text_too_long, "/data/text", longest_text, length);
  }
  if (sent != nullptr) return {Rejection::message_id_taken, {"/data/messageId"}};
  if (command.reply_to && state.find(*command.reply_to) == nullptr) {
    return {Rejection::message_not_found, {"/data/replyTo"}};
  }
  return MessageSent{command.message, text, command.reply_to};
}

Decision decide(const EditMessage& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_member(context.actor)) return Rejection::not_a_member;
  const Message* const message = state.find(command.message);
  if (message == nullptr) return {Rejection::message_not_found, {"/data/messageId"}};
  if (message->deleted) return {Rejection::message_deleted, {"/data/messageId"}};
  if (message->author != state.people.find(context.actor.value)) return Rejection::not_the_author;
  const std::string_view text = unicode::trimmed(command.text);
  if (unicode::blank(text)) return {Rejection::text_empty, {"/data/text"}};
  if (const auto length = beyond(text, longest_text)) {
    return too_long(Rejection::text_too_long, "/data/text", longest_text, length);
  }
  if (message->text == Digest{}.then(text)) return unchanged();
  return MessageEdited{command.message, text};
}

Decision decide(const DeleteMessage& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_member(context.actor)) return Rejection::not_a_member;
  const Message* const message = state.find(command.message);
  if (message == nullptr) return {Rejection::message_not_found, {"/data/messageId"}};
  const std::uint32_t actor = state.people.find(context.actor.value);
  if (message->author != actor && state.owner != actor) return Rejection::not_the_author;
  if (message->deleted) return unchanged();
  return MessageDeleted{command.message};
}

Decision decide(const AddReaction& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_member(context.actor)) return Rejection::not_a_member;
  const std::uint32_t number = state.message_ids.find(command.message.value);
  if (number == Interner::none) return {Rejection::message_not_found, {"/data/messageId"}};
  if (state.messages[number].deleted) return {Rejection::message_deleted, {"/data/messageId"}};
  if (!unicode::emoji(command.emoji)) return {Rejection::emoji_invalid, {"/data/emoji"}};
  const std::uint32_t actor = state.people.find(context.actor.value);
  if (state.reactions.contains(number, command.emoji, actor)) return unchanged();
  if (const auto kinds = state.reactions.kinds(number);
      kinds >= most_emoji && !state.reactions.has(number, command.emoji)) {
    return {Rejection::too_many_reactions, {"/data/emoji", most_emoji, kinds}};
  }
  return ReactionAdded{command.message, command.emoji};
}

Decision decide(const RemoveReaction& command, const State& state, const Context& context) {
  if (state.phase == Phase::none) return Rejection::channel_not_found;
  if (state.phase == Phase::archived) return Rejection::channel_archived;
  if (!state.is_member(context.actor)) return Rejection::not_a_member;
  const std::uint32_t number = state.message_ids.find(command.message.value);
  const std::uint32_t actor = state.people.find(context.actor.value);
  if (number == Interner::none || state.messages[number].deleted ||
      !state.reactions.contains(number, command.emoji, actor)) {
    return {Rejection::reaction_not_found, {"/data/emoji"}};
  }
  return ReactionRemoved{command.message, command.emoji};
}

void claim(Claims& claims, const ChannelCreated& event, const State&) {
  claims.take(claim_space, event.name, describe(Rejection::channel_name_taken).code);
}
void claim(Claims& claims, const ChannelRenamed& event, const State& before) {
  claims.release(claim_space, before.name);
  claims.take(claim_space, event.name, describe(Rejection::channel_name_taken).code);
}
void claim(Claims& claims, const ChannelArchived&, const State& before) { claims.release(claim_space, before.name); }

bool admits(const State& state, std::string_view, ActorId reader) { return state.is_member({reader.value}); }

}  // namespace crowbar::chat::channel
