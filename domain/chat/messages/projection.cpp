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
  const auto is_it = [&](const Reaction& reaction) { return reaction.emoji == event.emoji; };
  auto reaction = std::find_if(message->reactions.begin(), message->reactions.end(), is_it);
  if (reaction == message->reactions.end()) {
    reaction = message->reactions.insert(reaction, {std::string(event.emoji), {}});
  }
  const std::string_view user = recorded.actor.value;
  if (std::find(reaction->users.begin(), reaction->users.end(), user) == reaction->users.end()) {
    reaction->users.emplace_back(user);
  }
}

void project(View& view, const channel::ReactionRemoved& event, const Recorded& recorded) {
  Message* message = find(view, event.message);
  if (message == nullptr) return;
  for (Reaction& reaction : message->reactions) {
    if (reaction.emoji == event.emoji) std::erase(reaction.users, recorded.actor.value);
  }
  std::erase_if(message->reactions, [](const Reaction& reaction) { return reaction.users.empty(); });
}

void write(const View& view, RowWriter<Row>& rows) {
  std::vector<std::vector<UserId>> users;
  std::vector<Entry<List<UserId>>> reactions;
  for (const Message& message : view.messages) {
    users.clear();
    reactions.clear();
    for (const Reaction& reaction : message.reactions) {
      std::vector<UserId>& who = users.emplace_back();
      for (const std::string& user : reaction.users) who.push_back({user});
      reactions.push_back({reaction.emoji, who});
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
    Reaction& reaction = message.reactions.emplace_back();
    reaction.emoji = emoji;
    for (const UserId user : users) reaction.users.emplace_back(user.value);
  }
}

}  // namespace crowbar::chat::messages
