#include "chat/messages/projection.hpp"

#include <algorithm>

namespace crowbar::chat::messages {
namespace {

// A page holds at most a hundred, and what happens to a message mostly happens soon: looked for from the end.
Message* find(View& view, MessageId id) {
  for (auto at = view.messages.rbegin(); at != view.messages.rend(); ++at) {
    if (same(at->id, id.value)) return &*at;
  }
  return nullptr;
}

}  // namespace

void project(View& view, const channel::MessageSent& event, const Recorded& recorded) {
  if (view.before > 0) {
    --view.before;
    return;
  }
  if (view.messages.size() == Projection::page_size) return;
  if (view.messages.capacity() == 0) view.messages.reserve(Projection::page_size);
  Message& message = view.messages.emplace_back();
  message.id = view.kept.keep(event.message.value);
  message.user = view.kept.keep(recorded.actor.value);
  message.text = event.text;
  message.at = recorded.at;
  if (event.reply_to) message.reply_to = view.kept.keep(event.reply_to->value);
}

void project(View& view, const channel::MessageEdited& event, const Recorded& recorded) {
  Message* message = find(view, event.message);
  if (message == nullptr) return;
  message->text = event.text;
  message->edited_at = recorded.at;
}

void project(View& view, const channel::MessageDeleted& event, const Recorded&) {
  Message* message = find(view, event.message);
  if (message == nullptr) return;
  message->text.clear();
  message->deleted = true;
  message->reactions.clear();
}

void project(View& view, const channel::ReactionAdded& event, const Recorded& recorded) {
  Message* message = find(view, event.message);
  if (message == nullptr) return;
  const Reaction added{view.words.add(event.emoji), view.words.add(recorded.actor.value)};
  auto& reactions = message->reactions;
  std::size_t at = reactions.size();
  for (std::size_t i = 0; i < reactions.size(); ++i) {
    if (reactions[i].emoji != added.emoji) continue;
    if (reactions[i].user == added.user) return;
    at = i + 1;
  }
  reactions.insert(reactions.begin() + static_cast<std::ptrdiff_t>(at), added);
}

void project(View& view, const channel::ReactionRemoved& event, const Recorded& recorded) {
  Message* message = find(view, event.message);
  if (message == nullptr) return;
  const std::uint32_t emoji = view.words.find(event.emoji);
  const std::uint32_t user = view.words.find(recorded.actor.value);
  std::erase_if(message->reactions, [=](Reaction each) { return each.emoji == emoji && each.user == user; });
}

void write(const View& view, RowWriter<Row>& rows) {
  std::vector<UserId> users;
  std::vector<Entry<List<UserId>>> reactions;
  for (const Message& message : view.messages) {
    users.clear();
    reactions.clear();
    for (const Reaction& reaction : message.reactions) users.push_back({view.words[reaction.user]});
    for (std::size_t from = 0, to = 0; from < users.size(); from = to) {
      const std::uint32_t emoji = message.reactions[from].emoji;
      while (to < users.size() && message.reactions[to].emoji == emoji) ++to;
      reactions.push_back({view.words[emoji], List<UserId>(users).subspan(from, to - from)});
    }
    Row row{{message.id}, {message.user}, message.text, message.at, message.edited_at, {}, {}, reactions};
    if (message.deleted) row.deleted = true;
    if (!message.reply_to.empty()) row.reply_to = MessageId{message.reply_to};
    rows.row(row);
  }
}

void load(View& view, const Row& row) {
  Message& message = view.messages.emplace_back();
  message.id = view.kept.keep(row.message.value);
  message.user = view.kept.keep(row.user.value);
  message.text = row.text;
  message.at = row.at;
  message.edited_at = row.edited_at;
  message.deleted = row.deleted.value_or(false);
  if (row.reply_to) message.reply_to = view.kept.keep(row.reply_to->value);
  for (const auto& [emoji, users] : row.reactions) {
    for (const UserId user : users) message.reactions.push_back({view.words.add(emoji), view.words.add(user.value)});
  }
}

}  // namespace crowbar::chat::messages
