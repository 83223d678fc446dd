// `channel/<channelId>`: one channel, its members, and how much was said in it.
#pragma once

#include <string>
#include <vector>

#include "chat/channel/contract.hpp"
#include "kernel/interner.hpp"
#include "kernel/projection.hpp"

namespace crowbar::chat::channel_overview {

struct Row {
  ChannelId id;
  std::string_view name;
  std::string_view description;
  UserId owner;
  bool archived = false;
  List<UserId> members;
  std::int64_t messages = 0;
  std::int64_t pages = 0;
  static constexpr auto describe() {
    return record<Row>(
        "channel", "A channel.",  //
        field("id", &Row::id, "of the channel"), field("name", &Row::name, "its name"),
        field("description", &Row::description, "what it is for"), field("owner", &Row::owner, "who created it"),
        field("archived", &Row::archived, "closed for good"), field("members", &Row::members, "in order of joining"),
        field("messages", &Row::messages, integer(0, max_integer), "how many were ever sent"),
        field("pages", &Row::pages, integer(0, max_integer), "how many pages of messages there are"));
  }
};

struct View {
  bool created = false;
  std::string id;
  std::string name;
  std::string description;
  std::string owner;
  bool archived = false;
  Interner people;
  std::vector<std::uint32_t> joined;  ///< by number of the person: when they joined, or 0 for who is no member
  std::uint32_t joins = 0;
  std::int64_t messages = 0;
};

struct Projection {
  static constexpr std::string_view name = "channel";
  static constexpr std::string_view meaning = "One channel and its members.";
  static constexpr Keyed keyed = Keyed::by_stream;
  static constexpr Arrangement arranged = Arrangement::object;
  static constexpr Readers readers = Readers::everybody;
  using Contract = channel::Contract;
  using Hears =
      std::tuple<channel::ChannelCreated, channel::ChannelRenamed, channel::ChannelDescribed, channel::ChannelArchived,
                 channel::UserJoinedChannel, channel::UserLeftChannel, channel::MessageSent>;
  using View = channel_overview::View;
  using Row = channel_overview::Row;
};

void project(View& view, const channel::ChannelCreated& event, const Recorded& recorded);
void project(View& view, const channel::ChannelRenamed& event, const Recorded& recorded);
void project(View& view, const channel::ChannelDescribed& event, const Recorded& recorded);
void project(View& view, const channel::ChannelArchived& event, const Recorded& recorded);
void project(View& view, const channel::UserJoinedChannel& event, const Recorded& recorded);
void project(View& view, const channel::UserLeftChannel& event, const Recorded& recorded);
void project(View& view, const channel::MessageSent& event, const Recorded& recorded);

void write(const View& view, RowWriter<Row>& rows);
void load(View& view, const Row& row);

}  // namespace crowbar::chat::channel_overview
