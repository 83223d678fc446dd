#include "chat/allchannels/projection.hpp"

#include <algorithm>

namespace crowbar::chat::allchannels {
namespace {

Channel* find(View& view, std::string_view id) {
  for (const auto& channel : view.channels) {
    if (same(channel->id, id)) return channel.get();
  }
  return nullptr;
}

bool before(const Channel& a, const Channel& b) {
  return a.created_at.ms != b.created_at.ms ? a.created_at.ms < b.created_at.ms : a.id < b.id;
}

Channel& append(View& view) { return *view.channels.emplace_back(std::make_unique<Channel>()); }

// Counts distinct people, not events: the rules let nobody join twice or leave without being there, but a list that is
// wrong for ever is too high a price for trusting that.
void count(Channel& channel, UserId user, bool joins) {
  const std::uint32_t number = channel.people.add(user.value);
  const bool heard_of = number < channel.in.size();
  if (!heard_of) channel.in.push_back(!joins && !channel.whole ? 1 : 0);
  const bool was_in = channel.in[number] == 1;
  if (was_in != joins) channel.users += joins ? 1 : -1;
  channel.in[number] = joins ? 1 : 0;
}

}  // namespace

void project(View& view, const channel::ChannelCreated& event, const Recorded& recorded) {
  Channel& created = append(view);
  created.id = recorded.stream_id;
  created.name = event.name;
  created.description = event.description;
  created.owner = recorded.actor.value;
  created.created_at = recorded.at;
  created.whole = true;
  count(created, recorded.actor, true);
  // Most are created after all that are there.
  for (std::size_t at = view.channels.size() - 1; at > 0 && before(created, *view.channels[at - 1]); --at) {
    std::swap(view.channels[at - 1], view.channels[at]);
  }
}
void project(View& view, const channel::ChannelRenamed& event, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) channel->name = event.name;
}
void project(View& view, const channel::ChannelDescribed& event, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) channel->description = event.description;
}
void project(View& view, const channel::ChannelArchived&, const Recorded& recorded) {
  std::erase_if(view.channels, [&](const auto& channel) { return channel->id == recorded.stream_id; });
}
void project(View& view, const channel::UserJoinedChannel& event, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) count(*channel, event.user, true);
}
void project(View& view, const channel::UserLeftChannel& event, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) count(*channel, event.user, false);
}

void write(const View& view, RowWriter<Row>& rows) {
  for (const auto& channel : view.channels) {
    rows.row(
        {{channel->id}, channel->name, channel->description, channel->users, {channel->owner}, channel->created_at});
  }
}
void load(View& view, const Row& row) {
  Channel& channel = append(view);
  channel.id = row.id.value;
  channel.name = row.name;
  channel.description = row.description;
  channel.users = row.users;
  channel.owner = row.owner.value;
  channel.created_at = row.created_at;
}

}  // namespace crowbar::chat::allchannels
