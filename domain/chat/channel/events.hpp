// What happened in a channel. The names in quotes are stored for ever: never rename, retype or remove one; a new shape
// of an event gets the next schema number and an upcast from the one before.
#pragma once

#include <optional>
#include <string_view>

#include "chat/ids.hpp"
#include "kernel/description.hpp"

namespace crowbar::chat::channel {

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

}  // namespace crowbar::chat::channel
