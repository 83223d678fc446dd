// What members say: sending, editing and deleting messages.
#include "chat.hpp"

namespace crowbar::chat::channel {
namespace {

constexpr std::string_view blank_texts[] = {"",       " ",      "\t\r\n", "\u00A0", "\u200B",        "\uFEFF",
                                            "\u2060", "\u00AD", "\u200D", "\u2800", " \u3000\u2028", "\x01\x7F"};

std::string longest() { return repeated("\U0001F600", 4'000); }

}  // namespace

// ---- send_message

TEST_CASE("a member speaks in a channel", "[chat][channel][send_message]") {
  given(general_with_bob).when(bob, SendMessage{{"m1"}, "hi", {}}).then(MessageSent{{"m1"}, "hi", {}});
  given(general_created_by_ada).when(ada, SendMessage{{"m1"}, "hi", {}}).then(MessageSent{{"m1"}, "hi", {}});
  given(bob_said_hi_and_left.by(bob, UserJoinedChannel{bob}))
      .when(bob, SendMessage{{"m2"}, "back", {}})
      .then(MessageSent{{"m2"}, "back", {}});
}

TEST_CASE("only a member speaks in a channel", "[chat][channel][send_message]") {
  given(general_created_by_ada).when(bob, SendMessage{{"m1"}, "hi", {}}).rejected(Rejection::not_a_member);
  given(bob_said_hi_and_left).when(bob, SendMessage{{"m2"}, "hi", {}}).rejected(Rejection::not_a_member);
}

TEST_CASE("nobody speaks where there is no channel, or an archived one", "[chat][channel][send_message]") {
  given(nothing).when(ada, SendMessage{{"m1"}, "hi", {}}).rejected(Rejection::channel_not_found);
  given(archived).when(ada, SendMessage{{"m2"}, "hi", {}}).rejected(Rejection::channel_archived);
}

TEST_CASE("a text is trimmed, and only at its ends", "[chat][channel][send_message]") {
  for (const char* text : {" a  b ", "\n\ta  b\r\n", "\u00A0a  b\u3000", "\u200Ba  b\u2060", "\uFEFFa  b\uFEFF"}) {
    given(general_with_bob).when(bob, SendMessage{{"m1"}, text, {}}).then(MessageSent{{"m1"}, "a  b", {}});
  }
}

TEST_CASE("a text that nobody could see is none", "[chat][channel][send_message]") {
  for (const std::string_view text : blank_texts) {
    given(general_with_bob)
        .when(bob, SendMessage{{"m1"}, text, {}})
        .rejected(Rejection::text_empty, Reason{"/data/text"});
  }
}

TEST_CASE("a text has at most 4,000 code points after trimming", "[chat][channel][send_message]") {
  const std::string text = longest();
  given(general_with_bob).when(bob, SendMessage{{"m1"}, text, {}}).then(MessageSent{{"m1"}, text, {}});
  given(general_with_bob).when(bob, SendMessage{{"m1"}, "  " + text + "  ", {}}).then(MessageSent{{"m1"}, text, {}});
  given(general_with_bob)
      .when(bob, SendMessage{{"m1"}, text + "x", {}})
      .rejected(Rejection::text_too_long, Reason{"/data/text", 4'000, 4'001});
  given(general_with_bob)
      .when(bob, SendMessage{{"m1"}, repeated("x", 4'001), {}})
      .rejected(Rejection::text_too_long, Reason{"/data/text", 4'000, 4'001});
}

TEST_CASE("a message sent again changes nothing", "[chat][channel][send_message]") {
  const SendMessage again{{"m1"}, "hi", {}};
  given(bob_said_hi).when(bob, again).unchanged();
  given(bob_said_hi).when(bob, SendMessage{{"m1"}, "  hi\n", {}}).unchanged();
  given(bob_said_hi_and_left).when(bob, again).unchanged();
  given(archived).when(bob, again).unchanged();
  given(bobs_hi_deleted).when(bob, again).unchanged();
  given(bob_said_hi.by(bob, MessageEdited{{"m1"}, "ho"})).when(bob, again).unchanged();
  const Channel reply = bob_said_hi.by(bob, MessageSent{{"m2"}, "so", MessageId{"m1"}});
  given(reply).when(bob, SendMessage{{"m2"}, "so", MessageId{"m1"}}).unchanged();
}

TEST_CASE("the id of a message is not used for another one", "[chat][channel][send_message]") {
  const Reason where{"/data/messageId"};
  given(bob_said_hi).when(bob, SendMessage{{"m1"}, "ho", {}}).rejected(Rejection::message_id_taken, where);
  given(bob_said_hi).when(ada, SendMessage{{"m1"}, "hi", {}}).rejected(Rejection::message_id_taken, where);
  given(bobs_hi_deleted).when(bob, SendMessage{{"m1"}, "ho", {}}).rejected(Rejection::message_id_taken, where);
  const Channel edited = bob_said_hi.by(bob, MessageEdited{{"m1"}, "ho"});
  given(edited).when(bob, SendMessage{{"m1"}, "ho", {}}).rejected(Rejection::message_id_taken, where);
  const Channel reply = bob_said_hi.by(bob, MessageSent{{"m2"}, "so", MessageId{"m1"}});
  given(reply).when(bob, SendMessage{{"m2"}, "so", {}}).rejected(Rejection::message_id_taken, where);
  given(reply).when(bob, SendMessage{{"m2"}, "so", MessageId{"m2"}}).rejected(Rejection::message_id_taken, where);
  given(bob_said_hi).when(bob, SendMessage{{"m1"}, "hi", MessageId{"m1"}}).rejected(Rejection::message_id_taken, where);
}

TEST_CASE("a message answers another one, even a deleted one", "[chat][channel][send_message]") {
  given(bob_said_hi)
      .when(ada, SendMessage{{"m2"}, "ho", MessageId{"m1"}})
      .then(MessageSent{{"m2"}, "ho", MessageId{"m1"}});
  given(bobs_hi_deleted)
      .when(ada, SendMessage{{"m2"}, "why?", MessageId{"m1"}})
      .then(MessageSent{{"m2"}, "why?", MessageId{"m1"}});
  given(bob_said_hi)
      .when(ada, SendMessage{{"m2"}, "ho", MessageId{"m3"}})
      .rejected(Rejection::message_not_found, Reason{"/data/replyTo"});
  given(bob_said_hi)
      .when(ada, SendMessage{{"m2"}, "ho", MessageId{"m2"}})
      .rejected(Rejection::message_not_found, Reason{"/data/replyTo"});
}

TEST_CASE("sending is asked in order", "[chat][channel][send_message]") {
  const std::string too_long = longest() + "x";
  const MessageId gone{"gone"};
  given(nothing).when(cleo, SendMessage{{"m1"}, "", gone}).rejected(Rejection::channel_not_found);
  given(archived).when(cleo, SendMessage{{"m1"}, "", gone}).rejected(Rejection::channel_archived);
  given(bob_said_hi).when(cleo, SendMessage{{"m1"}, "", gone}).rejected(Rejection::not_a_member);
  given(bob_said_hi).when(bob, SendMessage{{"m1"}, "", gone}).rejected(Rejection::text_empty);
  given(bob_said_hi).when(bob, SendMessage{{"m1"}, too_long, gone}).rejected(Rejection::text_too_long);
  given(bob_said_hi).when(bob, SendMessage{{"m1"}, "so", gone}).rejected(Rejection::message_id_taken);
  given(bob_said_hi).when(bob, SendMessage{{"m2"}, "so", gone}).rejected(Rejection::message_not_found);
}

// ---- edit_message

TEST_CASE("who wrote a message edits it", "[chat][channel][edit_message]") {
  given(bob_said_hi).when(bob, EditMessage{{"m1"}, "ho"}).then(MessageEdited{{"m1"}, "ho"});
  given(bob_said_hi).when(bob, EditMessage{{"m1"}, " ho\u200B"}).then(MessageEdited{{"m1"}, "ho"});
  const std::string text = longest();
  given(bob_said_hi).when(bob, EditMessage{{"m1"}, text}).then(MessageEdited{{"m1"}, text});
  const Channel edited = bob_said_hi.by(bob, MessageEdited{{"m1"}, "ho"});
  given(edited).when(bob, EditMessage{{"m1"}, "hi"}).then(MessageEdited{{"m1"}, "hi"});
}

TEST_CASE("a message edited to what it says stays as it is", "[chat][channel][edit_message]") {
  given(bob_said_hi).when(bob, EditMessage{{"m1"}, "hi"}).unchanged();
  given(bob_said_hi).when(bob, EditMessage{{"m1"}, " hi "}).unchanged();
  given(bob_said_hi.by(bob, MessageEdited{{"m1"}, "ho"})).when(bob, EditMessage{{"m1"}, "ho"}).unchanged();
  const Channel reply = bob_said_hi.by(bob, MessageSent{{"m2"}, "so", MessageId{"m1"}});
  given(reply).when(bob, EditMessage{{"m2"}, "so"}).unchanged();
}

TEST_CASE("editing is refused, and asked in order", "[chat][channel][edit_message]") {
  const Reason message{"/data/messageId"};
  given(nothing).when(cleo, EditMessage{{"m9"}, ""}).rejected(Rejection::channel_not_found);
  given(archived).when(cleo, EditMessage{{"m9"}, ""}).rejected(Rejection::channel_archived);
  given(archived).when(bob, EditMessage{{"m1"}, "hi"}).rejected(Rejection::channel_archived);
  given(bob_said_hi).when(cleo, EditMessage{{"m9"}, ""}).rejected(Rejection::not_a_member);
  given(bob_said_hi_and_left).when(bob, EditMessage{{"m1"}, "ho"}).rejected(Rejection::not_a_member);
  given(bob_said_hi).when(ada, EditMessage{{"m9"}, ""}).rejected(Rejection::message_not_found, message);
  given(bobs_hi_deleted).when(ada, EditMessage{{"m1"}, ""}).rejected(Rejection::message_deleted, message);
  given(bobs_hi_deleted).when(bob, EditMessage{{"m1"}, "hi"}).rejected(Rejection::message_deleted, message);
  given(bob_said_hi).when(ada, EditMessage{{"m1"}, ""}).rejected(Rejection::not_the_author);
  for (const std::string_view text : blank_texts) {
    given(bob_said_hi).when(bob, EditMessage{{"m1"}, text}).rejected(Rejection::text_empty, Reason{"/data/text"});
  }
  given(bob_said_hi)
      .when(bob, EditMessage{{"m1"}, longest() + "x"})
      .rejected(Rejection::text_too_long, Reason{"/data/text", 4'000, 4'001});
}

// ---- delete_message

TEST_CASE("a message is deleted by who wrote it, or by the channel's owner", "[chat][channel][delete_message]") {
  given(bob_said_hi).when(bob, DeleteMessage{{"m1"}}).then(MessageDeleted{{"m1"}});
  given(bob_said_hi).when(ada, DeleteMessage{{"m1"}}).then(MessageDeleted{{"m1"}});
  given(bob_said_hi_and_left).when(ada, DeleteMessage{{"m1"}}).then(MessageDeleted{{"m1"}});
}

TEST_CASE("a message is deleted once", "[chat][channel][delete_message]") {
  given(bobs_hi_deleted).when(bob, DeleteMessage{{"m1"}}).unchanged();
  given(bobs_hi_deleted).when(ada, DeleteMessage{{"m1"}}).unchanged();
}

TEST_CASE("deleting is refused, and asked in order", "[chat][channel][delete_message]") {
  const Channel cleo_is_in = bob_said_hi.by(cleo, UserJoinedChannel{cleo});
  given(nothing).when(cleo, DeleteMessage{{"m9"}}).rejected(Rejection::channel_not_found);
  given(archived).when(cleo, DeleteMessage{{"m9"}}).rejected(Rejection::channel_archived);
  given(bob_said_hi).when(cleo, DeleteMessage{{"m9"}}).rejected(Rejection::not_a_member);
  given(bob_said_hi_and_left).when(bob, DeleteMessage{{"m1"}}).rejected(Rejection::not_a_member);
  given(bob_said_hi.by(ada, UserLeftChannel{ada})).when(ada, DeleteMessage{{"m1"}}).rejected(Rejection::not_a_member);
  given(bob_said_hi).when(ada, DeleteMessage{{"m9"}}).rejected(Rejection::message_not_found, Reason{"/data/messageId"});
  given(cleo_is_in).when(cleo, DeleteMessage{{"m1"}}).rejected(Rejection::not_the_author);
  given(cleo_is_in.by(bob, MessageDeleted{{"m1"}}))
      .when(cleo, DeleteMessage{{"m1"}})
      .rejected(Rejection::not_the_author);
}

}  // namespace crowbar::chat::channel
