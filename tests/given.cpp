// The kit of the specifications can fail, and says what a reader needs to know.
#include "given.hpp"

#include "chat.hpp"

namespace crowbar::chat::channel {
namespace {

const auto accepted = [] { return given(general_with_bob).when(bob, SendMessage{{"m1"}, " hi ", {}}); };
const auto refused = [] { return given(nothing).when(bob, CreateChannel{"NO", ""}); };
const auto quiet = [] { return given(general_with_bob).when(bob, JoinChannel{}); };
using Events = std::vector<Contract::Event>;

}  // namespace

TEST_CASE("what was wanted is found", "[given]") {
  CHECK(accepted().unlike(Events{MessageSent{{"m1"}, "hi", {}}}).empty());
  CHECK(refused().unlike(Rejection::channel_name_invalid).empty());
  CHECK(refused().unlike(Rejection::channel_name_invalid, Reason{"/data/name", 80}).empty());
  CHECK(quiet().unlike(Events{}).empty());
  CHECK(quiet().unlike_claims({}).empty());
}

TEST_CASE("another event, another member, one more or one less is told apart", "[given]") {
  CHECK_FALSE(accepted().unlike(Events{MessageSent{{"m2"}, "hi", {}}}).empty());
  CHECK_FALSE(accepted().unlike(Events{MessageSent{{"m1"}, " hi ", {}}}).empty());
  CHECK_FALSE(accepted().unlike(Events{MessageSent{{"m1"}, "hi", MessageId{"m1"}}}).empty());
  CHECK_FALSE(accepted().unlike(Events{MessageEdited{{"m1"}, "hi"}}).empty());
  CHECK_FALSE(accepted().unlike(Events{}).empty());
  CHECK_FALSE(accepted().unlike(Events{MessageSent{{"m1"}, "hi", {}}, MessageSent{{"m1"}, "hi", {}}}).empty());
  CHECK_FALSE(accepted().unlike(Rejection::text_empty).empty());
  CHECK_FALSE(quiet().unlike(Events{UserJoinedChannel{bob}}).empty());
  CHECK_FALSE(quiet().unlike(Rejection{}).empty());
}

TEST_CASE("another rejection and another reason is told apart", "[given]") {
  CHECK_FALSE(refused().unlike(Events{}).empty());
  CHECK_FALSE(refused().unlike(Rejection::channel_name_taken).empty());
  CHECK_FALSE(refused().unlike(Rejection::channel_name_invalid, Reason{"/data/name", 79}).empty());
  CHECK_FALSE(refused().unlike(Rejection::channel_name_invalid, Reason{"/data", 80}).empty());
  CHECK_FALSE(refused().unlike(Rejection::channel_name_invalid, Reason{"/data/name", 80, 2}).empty());
}

TEST_CASE("other claims are told apart", "[given]") {
  const auto created = given(nothing).when(ada, CreateChannel{"general", ""});
  CHECK(created.unlike_claims({"take channel-name:general"}).empty());
  CHECK_FALSE(created.unlike_claims({}).empty());
  CHECK_FALSE(created.unlike_claims({"release channel-name:general"}).empty());
  CHECK_FALSE(refused().unlike_claims({"take channel-name:NO"}).empty());
}

TEST_CASE("a failure tells the story and the members that differ", "[given]") {
  CHECK(accepted().unlike(Events{MessageSent{{"m2"}, "hi", MessageId{"m0"}}}) ==
        "given   channel-general\n"
        "        ada: channel_created {\"name\":\"general\",\"description\":\"Everything\"}\n"
        "        bob: user_joined_channel {\"userId\":\"bob\"}\n"
        "when    bob: send_message {\"messageId\":\"m1\",\"text\":\" hi \"}\n"
        "wanted  message_sent {\"messageId\":\"m2\",\"text\":\"hi\",\"replyTo\":\"m0\"}\n"
        "got     message_sent {\"messageId\":\"m1\",\"text\":\"hi\"}\n"
        "        messageId: wanted \"m2\", got \"m1\"\n"
        "        replyTo: wanted \"m0\", got nothing");
  CHECK(refused().unlike(Events{}) ==
        "given   channel-general\n"
        "when    bob: create_channel {\"name\":\"NO\",\"description\":\"\"}\n"
        "wanted  unchanged\n"
        "got     channel_name_invalid");
}

}  // namespace crowbar::chat::channel
