// `messages/<channelId>/<page>`: what was said in a channel, a hundred messages a page, in order of sending.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chat/channel/contract.hpp"
#include "kernel/interner.hpp"
#include "kernel/projection.hpp"

namespace crowbar::chat::messages {

struct Row {
  MessageId message;
  UserId user;
  std::string_view text;
  Instant at;
  std::optional<Instant> edited_at;
  std::optional<bool> deleted;
  std::optional<MessageId> reply_to;
  Dictionary<List<UserId>> reactions;
  static constexpr auto describe() {
    return record<Row>("message", "What somebody said.",  //
                       field("messageId", &Row::message, "of the message"), field("userId", &Row::user, "who said it"),
                       field("text", &Row::text, "what it says now; empty where it was deleted"),
                       field("at", &Row::at, "when it was sent"),
                       field("editedAt", &Row::edited_at, "when it was last edited"),
                       field("deleted", &Row::deleted, "true where it was deleted"),
                       field("replyTo", &Row::reply_to, "the message that it answers"),
                       field("reactions", &Row::reactions, "emoji → who reacted, both in order of reacting"));
  }
};

/// By number among the view's `words`. Those with one emoji stand together.
struct Reaction {
  std::uint32_t emoji;
  std::uint32_t user;
};

struct Message {
  std::string_view id;    ///< in the view's `kept`
  std::string_view user;  ///< in the view's `kept`
  std::string text;
  Instant at;
  std::optional<Instant> edited_at;
  bool deleted = false;
  std::string_view reply_to;  ///< in the view's `kept`; empty where there is none
  std::vector<Reaction> reactions;
};

struct View {
  std::uint64_t before = 0;  ///< messages that are still to pass before this page begins
  std::vector<Message> messages;
  Arena kept;
  Interner words;  ///< the emoji of reactions, and who reacted
};

struct Projection {
  static constexpr std::string_view name = "messages";
  static constexpr std::string_view meaning = "What was said in a channel, in order of sending.";
  static constexpr Keyed keyed = Keyed::by_page;
  static constexpr Arrangement arranged = Arrangement::list;
  static constexpr Readers readers = Readers::stream;
  static constexpr std::uint32_t page_size = 100;
  static constexpr std::string_view entity = "messageId";
  using Contract = channel::Contract;
  using Hears = std::tuple<channel::MessageSent, channel::MessageEdited, channel::MessageDeleted,
                           channel::ReactionAdded, channel::ReactionRemoved>;
  using Begins = channel::MessageSent;
  using View = messages::View;
  using Row = messages::Row;
};

void project(View& view, const channel::MessageSent& event, const Recorded& recorded);
void project(View& view, const channel::MessageEdited& event, const Recorded& recorded);
void project(View& view, const channel::MessageDeleted& event, const Recorded& recorded);
void project(View& view, const channel::ReactionAdded& event, const Recorded& recorded);
void project(View& view, const channel::ReactionRemoved& event, const Recorded& recorded);

void write(const View& view, RowWriter<Row>& rows);
void load(View& view, const Row& row);

inline void open(View& view, std::uint32_t page) { view.before = std::uint64_t{page - 1} * Projection::page_size; }
inline void begin_here(View& view) { view.before = 0; }
inline bool counting(const View& view) { return view.before != 0; }

}  // namespace crowbar::chat::messages
