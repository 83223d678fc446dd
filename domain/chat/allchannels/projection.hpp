// `allchannels`: the living channels, in order of creation.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chat/channel/contract.hpp"
#include "kernel/interner.hpp"
#include "kernel/projection.hpp"

namespace crowbar::chat::allchannels {

struct Row {
  ChannelId id;
  std::string_view name;
  std::string_view description;
  std::int64_t users = 0;
  UserId owner;
  Instant created_at;
  static constexpr auto describe() {
    return record<Row>("channel", "A living channel.",  //
                       field("id", &Row::id, "of the channel"), field("name", &Row::name, "its name"),
                       field("description", &Row::description, "what it is for"),
                       field("users", &Row::users, integer(0, max_integer), "how many members it has"),
                       field("owner", &Row::owner, "who created it"),
                       field("createdAt", &Row::created_at, "when it was created"));
  }
};

/// What is known of who is in a channel. A view that was loaded knows how many there were, not who; of whom it has
/// heard since, it knows.
struct Channel {
  std::string id;
  std::string name;
  std::string description;
  std::int64_t users = 0;
  std::string owner;
  Instant created_at;
  bool whole = false;            ///< heard from its first event on: whoever is not in `people` was never in
  Interner people;               ///< whom it has heard of
  std::vector<std::uint8_t> in;  ///< by number of the person: 1 for a member
};

/// Ordered by creation, and by id where two were created in the same millisecond, so that the order in which the
/// streams are heard does not matter. A channel stays where it is in memory: it is too large to be moved about.
struct View {
  std::vector<std::unique_ptr<Channel>> channels;
};

struct Projection {
  static constexpr std::string_view name = "allchannels";
  static constexpr std::string_view meaning = "The living channels, in order of creation.";
  static constexpr Keyed keyed = Keyed::once;
  static constexpr Arrangement arranged = Arrangement::list;
  static constexpr Readers readers = Readers::everybody;
  using Contract = channel::Contract;
  using Hears = std::tuple<channel::ChannelCreated, channel::ChannelRenamed, channel::ChannelDescribed,
                           channel::ChannelArchived, channel::UserJoinedChannel, channel::UserLeftChannel>;
  using View = allchannels::View;
  using Row = allchannels::Row;
};

void project(View& view, const channel::ChannelCreated& event, const Recorded& recorded);
void project(View& view, const channel::ChannelRenamed& event, const Recorded& recorded);
void project(View& view, const channel::ChannelDescribed& event, const Recorded& recorded);
void project(View& view, const channel::ChannelArchived& event, const Recorded& recorded);
void project(View& view, const channel::UserJoinedChannel& event, const Recorded& recorded);
void project(View& view, const channel::UserLeftChannel& event, const Recorded& recorded);

void write(const View& view, RowWriter<Row>& rows);
void load(View& view, const Row& row);

}  // namespace crowbar::chat::allchannels
