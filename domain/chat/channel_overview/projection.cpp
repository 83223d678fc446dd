#include "chat/channel_overview/projection.hpp"

#include "chat/messages/projection.hpp"

namespace crowbar::chat::channel_overview {
namespace {

void join(View& view, UserId user) {
  const std::uint32_t number = view.people.add(user.value);
  if (number == view.joined.size()) view.joined.push_back(0);
  if (view.joined[number] == 0) view.joined[number] = ++view.joins;
}

}  // namespace

void project(View& view, const channel::ChannelCreated& event, const Recorded& recorded) {
  view.created = true;
  view.id = recorded.stream_id;
  view.name = event.name;
  view.description = event.description;
  view.owner = recorded.actor.value;
  join(view, recorded.actor);
}
void project(View& view, const channel::ChannelRenamed& event, const Recorded&) { view.name = event.name; }
void project(View& view, const channel::ChannelDescribed& event, const Recorded&) {
  view.description = event.description;
}
void project(View& view, const channel::ChannelArchived&, const Recorded&) { view.archived = true; }
void project(View& view, const channel::UserJoinedChannel& event, const Recorded&) { join(view, event.user); }
void project(View& view, const channel::UserLeftChannel& event, const Recorded&) {
  const std::uint32_t number = view.people.find(event.user.value);
  if (number != Interner::none) view.joined[number] = 0;
}
void project(View& view, const channel::MessageSent&, const Recorded&) { ++view.messages; }

void write(const View& view, RowWriter<Row>& rows) {
  if (!view.created) return;
  // Each joined at a moment of their own, so that to put them there is to sort them.
  std::vector<std::uint32_t> order(view.joins + 1, Interner::none);
  for (std::uint32_t number = 0; number < view.joined.size(); ++number) {
    if (view.joined[number] != 0) order[view.joined[number]] = number;
  }
  std::vector<UserId> members;
  for (const std::uint32_t number : order) {
    if (number != Interner::none) members.push_back({view.people[number]});
  }
  constexpr std::int64_t page_size = messages::Projection::page_size;
  rows.row({{view.id},
            view.name,
            view.description,
            {view.owner},
            view.archived,
            members,
            view.messages,
            (view.messages + page_size - 1) / page_size});
}

void load(View& view, const Row& row) {
  view.created = true;
  view.id = row.id.value;
  view.name = row.name;
  view.description = row.description;
  view.owner = row.owner.value;
  view.archived = row.archived;
  view.messages = row.messages;
  for (const UserId member : row.members) join(view, member);
}

}  // namespace crowbar::chat::channel_overview
