#include "chat/allusers/projection.hpp"

namespace crowbar::chat::allusers {
namespace {

void put(View& view, std::string_view id, std::string_view name) {
  const std::uint32_t number = view.ids.add(id);
  if (number == view.names.size()) view.names.emplace_back();
  view.names[number] = name;
}

}  // namespace

void project(View& view, const user::UserRegistered& event, const Recorded& recorded) {
  put(view, recorded.stream_id, event.name);
}
void project(View& view, const user::UserRenamed& event, const Recorded& recorded) {
  if (view.ids.find(recorded.stream_id) != Interner::none) put(view, recorded.stream_id, event.name);
}

void write(const View& view, RowWriter<Row>& rows) {
  for (const std::uint32_t number : view.ids.sorted()) rows.row(view.ids[number], {view.names[number]});
}
void load(View& view, std::string_view id, const Row& row) { put(view, id, row.name); }

}  // namespace crowbar::chat::allusers
