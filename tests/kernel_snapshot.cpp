// A snapshot is the whole state, exactly, for the module that made it; whatever else it is, it is refused.
#include "chat.hpp"
#include "wire.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::Chat;
using tests::code_of;
using tests::command;
using tests::context;
using tests::lines;

constexpr std::string_view thumb = "\U0001F44D";

const Channel& busy() {
  static const Channel busy = bob_said_hi.by(cleo, UserJoinedChannel{cleo})
                                  .by(cleo, MessageSent{{"m2"}, "so", MessageId{"m1"}})
                                  .by(bob, ReactionAdded{{"m1"}, thumb})
                                  .by(cleo, ReactionAdded{{"m1"}, "\u2764\uFE0F"})
                                  .by(cleo, MessageEdited{{"m2"}, "no"})
                                  .by(ada, ChannelRenamed{"lobby"})
                                  .by(bob, MessageDeleted{{"m1"}})
                                  .by(cleo, ReactionAdded{{"m2"}, thumb})
                                  .by(bob, UserLeftChannel{bob})
                                  .by(ada, ChannelArchived{});
  return busy;
}

std::string snapshot(Chat& core, Handle handle) {
  REQUIRE(core.snapshot(handle));
  return std::string(core.out());
}
std::string snapshot_of(Chat& core, const std::string& events) {
  const Handle handle = core.open("channel", "channel-general");
  REQUIRE(core.fold(handle, events));
  return snapshot(core, handle);
}

}  // namespace

TEST_CASE("a snapshot taken anywhere and the rest of the events make the whole", "[snapshot]") {
  Chat core;
  const std::string whole = snapshot_of(core, lines(busy()));
  for (std::size_t events = 0; events <= busy().events().size(); ++events) {
    const std::string rest = lines(busy(), events + 1);
    std::string before = lines(busy());
    before.resize(before.size() - rest.size());
    const std::string taken = snapshot_of(core, before);
    const Handle restored = core.restore(taken);
    REQUIRE(restored != 0);
    CHECK(core.version(restored) == static_cast<std::int64_t>(events));
    CHECK((snapshot(core, restored) == taken));
    REQUIRE(core.fold(restored, rest));
    CHECK((snapshot(core, restored) == whole));
    REQUIRE(core.claims(restored));
    CHECK(core.out() == "[]");
  }
}

TEST_CASE("a restored stream decides as the one that it was made from", "[snapshot]") {
  Chat core;
  for (std::size_t events = 0; events <= busy().events().size(); ++events) {
    const std::string rest = lines(busy(), events + 1);
    std::string before = lines(busy());
    before.resize(before.size() - rest.size());
    const Handle original = core.open("channel", "channel-general");
    REQUIRE(core.fold(original, before));
    const Handle restored = core.restore(snapshot(core, original));
    REQUIRE(restored != 0);
    for (const std::string& asked :
         {command(CreateChannel{"x", ""}), command(RenameChannel{"general"}), command(RenameChannel{"lobby"}),
          command(DescribeChannel{"Everything"}), command(ArchiveChannel{}), command(JoinChannel{}),
          command(LeaveChannel{}), command(SendMessage{{"m1"}, "hi", {}}),
          command(SendMessage{{"m2"}, "so", MessageId{"m1"}}), command(SendMessage{{"m3"}, "x", MessageId{"m2"}}),
          command(EditMessage{{"m2"}, "no"}), command(EditMessage{{"m2"}, "so"}), command(DeleteMessage{{"m1"}}),
          command(DeleteMessage{{"m2"}}), command(AddReaction{{"m1"}, thumb}), command(AddReaction{{"m2"}, thumb}),
          command(RemoveReaction{{"m1"}, thumb}), command(RemoveReaction{{"m2"}, thumb})}) {
      for (const UserId who : {ada, bob, cleo}) {
        REQUIRE(core.decide(original, asked, context(who)));
        const std::string verdict(core.out());
        REQUIRE(core.decide(restored, asked, context(who)));
        CHECK(core.out() == verdict);
      }
    }
  }
}

TEST_CASE("a person's stream is restored as well", "[snapshot]") {
  Chat core;
  const Handle original = core.open("user", "user-ada");
  REQUIRE(core.fold(original, lines(user::ada_registered)));
  const std::string taken = snapshot(core, original);
  const Handle restored = core.restore(taken);
  REQUIRE(restored != 0);
  CHECK((snapshot(core, restored) == taken));
  REQUIRE(core.decide(restored, command(user::RenameUser{"Ada"}, "user-ada"), context(ada)));
  CHECK(core.out() == R"({"accepted":true,"stream":"user-ada","version":1,"events":[]})");
}

TEST_CASE("a snapshot that was cut short anywhere is refused", "[snapshot]") {
  Chat core;
  const std::string whole = snapshot_of(core, lines(busy()));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(core.restore(whole.substr(0, size)) == 0);
    CHECK(code_of(core.out()) == "snapshot_corrupt");
  }
  CHECK(core.restore(whole + '\0') == 0);
  CHECK(core.restore(whole + whole) == 0);
  CHECK(core.restore(whole.substr(1)) == 0);
}

TEST_CASE("a snapshot in which one byte was turned is refused", "[snapshot]") {
  Chat core;
  std::string bytes = snapshot_of(core, lines(busy()));
  for (char& byte : bytes) {
    const char right = byte;
    for (const int turned : {0x01, 0x02, 0x10, 0x80, 0xFF}) {
      byte = static_cast<char>(right ^ turned);
      CHECK(core.restore(bytes) == 0);
      CHECK(code_of(core.out()) == "snapshot_corrupt");
    }
    byte = right;
  }
  CHECK(core.restore(bytes) != 0);
}

TEST_CASE("a snapshot of another module is told from a damaged one", "[snapshot]") {
  Chat ours(std::string(64, 'a'));
  Chat theirs(std::string(64, 'b'));
  const std::string taken = snapshot_of(theirs, lines(busy()));
  CHECK(ours.restore(taken) == 0);
  CHECK(code_of(ours.out()) == "snapshot_foreign");
  CHECK(tests::text_at(ours.out(), "name") == std::string(64, 'b'));
  CHECK(theirs.restore(taken) != 0);
}

TEST_CASE("a large channel is restored exactly", "[snapshot]") {
  Chat core;
  std::string log = lines(general_with_bob);
  for (int n = 3; n < 5'000; ++n) {
    const std::string data = concat(R"({"messageId":")", numbered("m", n), R"(","text":"x"})");
    log += tests::Stored{"channel-general", n, "message_sent", data, 1, n % 2 == 0 ? "ada" : "bob"}.line() + '\n';
  }
  const std::string taken = snapshot_of(core, log);
  const Handle restored = core.restore(taken);
  REQUIRE(restored != 0);
  CHECK((snapshot(core, restored) == taken));
  REQUIRE(core.decide(restored, command(EditMessage{{"m4001"}, "x"}), context(bob)));
  CHECK(core.out() == R"({"accepted":true,"stream":"channel-general","version":4999,"events":[]})");
  REQUIRE(core.decide(restored, command(EditMessage{{"m4000"}, "y"}), context(bob)));
  CHECK(code_of(core.out()) == "not_the_author");
}

}  // namespace crowbar::chat
