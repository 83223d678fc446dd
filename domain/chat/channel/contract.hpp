// What is said to a channel and what happened in it. The names in quotes are stored for ever: never rename, retype or
// remove one; a new shape of an event gets the next schema number and an upcast from the one before.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <variant>

#include "chat/ids.hpp"
#include "kernel/decision.hpp"
#include "kernel/description.hpp"

namespace crowbar::chat::channel {

inline constexpr std::uint32_t longest_name = 80;
inline constexpr std::uint32_t longest_description = 250;
inline constexpr std::uint32_t longest_text = 4'000;
inline constexpr std::uint32_t most_emoji = 20;

// ---- commands

struct CreateChannel {
  std::string_view name;
  std::string_view description;
  static constexpr auto describe() {
    return record<CreateChannel>(
        "create_channel", "Open a channel. Who creates it owns it and is its first member.",
        field("name", &CreateChannel::name, text(1, longest_name), "of a-z, 0-9, - and _; one living channel has it"),
        field("description", &CreateChannel::description, text(0, longest_description), "what it is for"));
  }
};

struct RenameChannel {
  std::string_view name;
  static constexpr auto describe() {
    return record<RenameChannel>(
        "rename_channel", "Give a channel another name.",
        field("name", &RenameChannel::name, text(1, longest_name), "of a-z, 0-9, - and _; one living channel has it"));
  }
};

struct DescribeChannel {
  std::string_view description;
  static constexpr auto describe() {
    return record<DescribeChannel>(
        "describe_channel", "Say what a channel is for.",
        field("description", &DescribeChannel::description, text(0, longest_description), "what it is for"));
  }
};

struct ArchiveChannel {
  static constexpr auto describe() {
    return record<ArchiveChannel>("archive_channel", "Close a channel for good. Its name is free again.");
  }
};

struct JoinChannel {
  static constexpr auto describe() { return record<JoinChannel>("join_channel", "Become a member of a channel."); }
};

struct LeaveChannel {
  static constexpr auto describe() { return record<LeaveChannel>("leave_channel", "Stop being a member."); }
};

struct SendMessage {
  MessageId message;
  std::string_view text;
  std::optional<MessageId> reply_to;
  static constexpr auto describe() {
    return record<SendMessage>(
        "send_message", "Say something in a channel.",
        field("messageId", &SendMessage::message, "chosen by the sender; sending it again changes nothing"),
        field("text", &SendMessage::text, crowbar::text(1, longest_text), "trimmed"),
        field("replyTo", &SendMessage::reply_to, "the message that this one answers"));
  }
};

struct EditMessage {
  MessageId message;
  std::string_view text;
  static constexpr auto describe() {
    return record<EditMessage>("edit_message", "Change what one has said.",
                               field("messageId", &EditMessage::message, "a message of one's own"),
                               field("text", &EditMessage::text, crowbar::text(1, longest_text), "trimmed"));
  }
};

struct DeleteMessage {
  MessageId message;
  static constexpr auto describe() {
    return record<DeleteMessage>("delete_message", "Take a message back. The channel's owner may take back any.",
                                 field("messageId", &DeleteMessage::message, "the message"));
  }
};

struct AddReaction {
  MessageId message;
  std::string_view emoji;
  static constexpr auto describe() {
    return record<AddReaction>("add_reaction", "React to a message.",
                               field("messageId", &AddReaction::message, "the message"),
                               field("emoji", &AddReaction::emoji, text(1, 32), "one emoji (UTS #51)"));
  }
};

struct RemoveReaction {
  MessageId message;
  std::string_view emoji;
  static constexpr auto describe() {
    return record<RemoveReaction>("remove_reaction", "Take a reaction of one's own back.",
                                  field("messageId", &RemoveReaction::message, "the message"),
                                  field("emoji", &RemoveReaction::emoji, text(1, 32), "the emoji"));
  }
};

// ---- events

struct ChannelCreated {
  std::string_view name;
  std::string_view description;
  static constexpr auto describe() {
    return record<ChannelCreated>("channel_created", schema(2), "A channel was opened; its actor owns it.",
                                  field("name", &ChannelCreated::name, "its name"),
                                  field("description", &ChannelCreated::description, "what it is for"));
  }
};

/// The first shape: a channel could be opened without a description.
struct ChannelCreatedV1 {
  std::string_view name;
  std::optional<std::string_view> description;
  static constexpr auto describe() {
    return record<ChannelCreatedV1>("channel_created", schema(1), "A channel was opened; its actor owns it.",
                                    field("name", &ChannelCreatedV1::name, "its name"),
                                    field("description", &ChannelCreatedV1::description, "what it is for"));
  }
};
constexpr ChannelCreated upcast(const ChannelCreatedV1& event) {
  return {event.name, event.description.value_or(std::string_view{})};
}

struct ChannelRenamed {
  std::string_view name;
  static constexpr auto describe() {
    return record<ChannelRenamed>("channel_renamed", "A channel got another name.",
                                  field("name", &ChannelRenamed::name, "its name from now on"));
  }
};

struct ChannelDescribed {
  std::string_view description;
  static constexpr auto describe() {
    return record<ChannelDescribed>("channel_described", "It was said what a channel is for.",
                                    field("description", &ChannelDescribed::description, "what it is for"));
  }
};

struct ChannelArchived {
  static constexpr auto describe() { return record<ChannelArchived>("channel_archived", "A channel was closed."); }
};

struct UserJoinedChannel {
  UserId user;
  static constexpr auto describe() {
    return record<UserJoinedChannel>("user_joined_channel", "Somebody became a member.",
                                     field("userId", &UserJoinedChannel::user, "who"));
  }
};

struct UserLeftChannel {
  UserId user;
  static constexpr auto describe() {
    return record<UserLeftChannel>("user_left_channel", "Somebody stopped being a member.",
                                   field("userId", &UserLeftChannel::user, "who"));
  }
};

struct MessageSent {
  MessageId message;
  std::string_view text;
  std::optional<MessageId> reply_to;
  static constexpr auto describe() {
    return record<MessageSent>("message_sent", "Something was said.",  //
                               field("messageId", &MessageSent::message, "the message"),
                               field("text", &MessageSent::text, "trimmed"),
                               field("replyTo", &MessageSent::reply_to, "the message that it answers"));
  }
};

struct MessageEdited {
  MessageId message;
  std::string_view text;
  static constexpr auto describe() {
    return record<MessageEdited>("message_edited", "A message was changed by its author.",
                                 field("messageId", &MessageEdited::message, "the message"),
                                 field("text", &MessageEdited::text, "what it says from now on"));
  }
};

struct MessageDeleted {
  MessageId message;
  static constexpr auto describe() {
    return record<MessageDeleted>("message_deleted", "A message was taken back, and the reactions to it.",
                                  field("messageId", &MessageDeleted::message, "the message"));
  }
};

struct ReactionAdded {
  MessageId message;
  std::string_view emoji;
  static constexpr auto describe() {
    return record<ReactionAdded>("reaction_added", "Somebody reacted to a message.",
                                 field("messageId", &ReactionAdded::message, "the message"),
                                 field("emoji", &ReactionAdded::emoji, "one emoji"));
  }
};

struct ReactionRemoved {
  MessageId message;
  std::string_view emoji;
  static constexpr auto describe() {
    return record<ReactionRemoved>("reaction_removed", "Somebody took a reaction back.",
                                   field("messageId", &ReactionRemoved::message, "the message"),
                                   field("emoji", &ReactionRemoved::emoji, "the emoji"));
  }
};

// ---- rejections

enum class Rejection : std::uint8_t {
  channel_not_found,
  channel_already_exists,
  channel_archived,
  channel_name_invalid,
  channel_name_taken,
  description_too_long,
  not_the_owner,
  not_a_member,
  not_the_author,
  text_empty,
  text_too_long,
  message_id_taken,
  message_not_found,
  message_deleted,
  emoji_invalid,
  too_many_reactions,
  reaction_not_found,
};

inline constexpr std::array<RejectionDescription<Rejection>, 17> rejections{{
    {Rejection::channel_not_found, "channel_not_found", Outcome::rejected, "There is no channel {stream}."},
    {Rejection::channel_already_exists, "channel_already_exists", Outcome::rejected, "{stream} exists already."},
    {Rejection::channel_archived, "channel_archived", Outcome::rejected, "{stream} is archived."},
    {Rejection::channel_name_invalid, "channel_name_invalid", Outcome::rejected,
     "A channel's name is 1 to {limit} of a-z, 0-9, - and _."},
    {Rejection::channel_name_taken, "channel_name_taken", Outcome::rejected, "Another channel has this name."},
    {Rejection::description_too_long, "description_too_long", Outcome::rejected,
     "The description has {actual} characters; the limit is {limit}."},
    {Rejection::not_the_owner, "not_the_owner", Outcome::forbidden, "Only the owner of {stream} may do this."},
    {Rejection::not_a_member, "not_a_member", Outcome::forbidden, "{actor} is not a member of {stream}."},
    {Rejection::not_the_author, "not_the_author", Outcome::forbidden, "{actor} did not write this message."},
    {Rejection::text_empty, "text_empty", Outcome::rejected, "The text says nothing."},
    {Rejection::text_too_long, "text_too_long", Outcome::rejected,
     "The text has {actual} characters; the limit is {limit}."},
    {Rejection::message_id_taken, "message_id_taken", Outcome::rejected, "Another message has this id."},
    {Rejection::message_not_found, "message_not_found", Outcome::rejected, "There is no such message in {stream}."},
    {Rejection::message_deleted, "message_deleted", Outcome::rejected, "The message was deleted."},
    {Rejection::emoji_invalid, "emoji_invalid", Outcome::rejected, "A reaction is one emoji."},
    {Rejection::too_many_reactions, "too_many_reactions", Outcome::rejected,
     "The message has {actual} different reactions; the limit is {limit}."},
    {Rejection::reaction_not_found, "reaction_not_found", Outcome::rejected, "{actor} has not reacted like this."},
}};
constexpr const RejectionDescription<Rejection>& describe(Rejection rejection) {
  return rejections[static_cast<std::size_t>(rejection)];
}

// ---- all of it

/// What the rules of a channel ask the server to find out.
struct Facts {
  std::optional<List<std::string_view>> claimed;
  static constexpr auto describe() {
    return record<Facts>("facts", "What the server found out.",
                         field("claimed", &Facts::claimed, "keys of claims that other streams are known to hold"));
  }
};

struct Contract {
  static constexpr std::string_view name = "channel";
  static constexpr std::string_view meaning = "A place where people talk.";
  using Command = std::variant<SendMessage, EditMessage, DeleteMessage, AddReaction, RemoveReaction, JoinChannel,
                               LeaveChannel, CreateChannel, RenameChannel, DescribeChannel, ArchiveChannel>;
  using Event =
      std::variant<MessageSent, MessageEdited, MessageDeleted, ReactionAdded, ReactionRemoved, UserJoinedChannel,
                   UserLeftChannel, ChannelCreated, ChannelRenamed, ChannelDescribed, ChannelArchived>;
  using Earlier = std::tuple<ChannelCreatedV1>;
  using Rejection = channel::Rejection;
};

}  // namespace crowbar::chat::channel
