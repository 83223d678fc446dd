// What is said to a channel. The names in quotes are stored for ever: never rename, retype or remove one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "chat/ids.hpp"
#include "kernel/description.hpp"

namespace crowbar::chat::channel {

inline constexpr std::uint32_t longest_name = 80;
inline constexpr std::uint32_t longest_description = 250;
inline constexpr std::uint32_t longest_text = 4'000;
inline constexpr std::uint32_t most_emoji = 20;

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

}  // namespace crowbar::chat::channel
