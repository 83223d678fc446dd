// A channel: all that is said to it, all that happens in it, all that it refuses.
#pragma once

#include <optional>
#include <string_view>
#include <tuple>
#include <variant>

#include "chat/channel/commands.hpp"
#include "chat/channel/events.hpp"
#include "chat/channel/rejections.hpp"
#include "kernel/description.hpp"

namespace crowbar::chat::channel {

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
