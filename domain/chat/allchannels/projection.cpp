#include "chat/allchannels/projection.hpp"

#include <algorithm>

namespace crowbar::chat::allchannels {
namespace {

Channel* find(View& view, std::string_view id) {
  const auto is_it = [id](const Channel& channel) { return channel.id == id; };
  const auto found = std::find_if(view.channels.begin(), view.channels.end(), is_it);
  return found == view.channels.end() ? nullptr : &*found;
}

}  // namespace

void project(View& view, const channel::ChannelCreated& event, const Recorded& recorded) {
  Channel created{std::string(recorded.stream_id), std::string(event.name),           std::string(event.description), 1,
                  std::string(recorded.actor.value), recorded.at};
  const auto before = [](const Channel& a, const Channel& b) {
    return a.created_at.ms != b.created_at.ms ? a.created_at.ms < b.created_at.ms : a.id < b.id;
  };
  view.channels.insert(std::upper_bound(view.channels.begin(), view.channels.end(), created, before),
                       std::move(created));
}
void project(View& view, const channel::ChannelRenamed& event, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) channel->name = event.name;
}
void project(View& view, const channel::ChannelDescribed& event, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) channel->description = event.description;
}
void project(View& view, const channel::ChannelArchived&, const Recorded& recorded) {
  std::erase_if(view.channels, [&](const Channel& channel) { return channel.id == recorded.stream_id; });
}
// The rules let nobody join twice or leave without being there, and the checkpoint lets no event count twice: so each of
// these events is one distinct member more or less.
void project(View& view, const channel::UserJoinedChannel&, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) ++channel->users;
}
void project(View& view, const channel::UserLeftChannel&, const Recorded& recorded) {
  if (Channel* channel = find(view, recorded.stream_id)) --channel->users;
}

void write(const View& view, RowWriter<Row>& rows) {
  for (const Channel& channel : view.channels) {
    rows.row({{channel.id}, channel.name, channel.description, channel.users, {channel.owner}, channel.created_at});
  }
}
void load(View& view, const Row& row) {
  view.channels.push_back({std::string(row.id.value), std::string(row.name), std::string(row.description), row.users,
                           std::string(row.owner.value), row.created_at});
}

}  // namespace crowbar::chat::allchannels
