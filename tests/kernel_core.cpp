// The core behind numbers and bytes: opening, deciding, and deciding many at once.
#include "chat.hpp"
#include "wire.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::Chat;
using tests::code_of;
using tests::command;
using tests::context;
using tests::opened;
using tests::text_at;

}  // namespace

// ---- opening

TEST_CASE("a stream is opened by its aggregate and its name", "[core]") {
  Chat core;
  for (const std::string& stream :
       {std::string("channel-general"), std::string("channel-_"), std::string("channel-channel-x"),
        std::string("channel-0"), std::string("channel-").append(128, 'x')}) {
    INFO(stream);
    const Handle handle = core.open("channel", stream);
    CHECK(handle != 0);
    CHECK(core.version(handle) == 0);
  }
  CHECK(core.open("user", "user-ada") != 0);
}

TEST_CASE("what names no stream opens none", "[core]") {
  Chat core;
  for (const std::string& stream :
       {std::string(""), std::string("channel"), std::string("channel-"), std::string("channel--x"),
        std::string("channelx"), std::string("user-ada"), std::string("channel-a b"), std::string("channel-\u00E9"),
        std::string(" channel-x"), std::string("channel-x\0", 10), std::string("channel-").append(129, 'x')}) {
    INFO(stream);
    CHECK(core.open("channel", stream) == 0);
    CHECK(code_of(core.out()) == "stream_invalid");
  }
  for (const char* aggregate : {"", "Channel", "channe", "channels", "bank", "messages"}) {
    CHECK(core.open(aggregate, "channel-general") == 0);
    CHECK(code_of(core.out()) == "unknown_aggregate");
    CHECK(text_at(core.out(), "name") == aggregate);
  }
}

TEST_CASE("whatever the core refuses, it refuses in JSON", "[core]") {
  Chat core;
  const auto told = [&](bool refused) {
    CHECK(refused);
    const std::string said(core.out());
    CHECK(core.check(said));
  };
  for (const char* bytes : {"\xFF", "channel-\xFF", "a\x80\xC3", "\"\\\x01", "\xED\xA0\x80"}) {
    told(core.open("channel", bytes) == 0);
    told(core.open(bytes, "channel-x") == 0);
    told(core.view(bytes) == 0);
    told(core.load_view(bytes) == 0);
    told(core.restore(bytes) == 0);
    told(!core.view_keys(0, bytes));
    told(!core.check(bytes));
  }
}

// ---- deciding

TEST_CASE("an accepted verdict holds its events as they are stored, and its claims", "[core][decide]") {
  Chat core(std::string(64, 'd'));
  const Handle general = core.open("channel", "channel-general");
  REQUIRE(core.decide(general, command(CreateChannel{"general", "\u00E9\"\\\n\x01"}), context(ada)));
  const std::string id(tests::command_id);
  CHECK(core.out() ==
        concat(R"({"accepted":true,"stream":"channel-general","version":1,"events":[{"id":")", id,
               R"(.0","stream":"channel-general","version":1,"type":"channel_created","schema":2,)"
               R"("at":1709208000000,"actor":{"id":"ada","roles":[]},"command":")",
               id, R"(","domain":")", std::string(64, 'd'),
               R"(","data":{"name":"general","description":"é\"\\\n\u0001"}}],)"
               R"("claims":[{"key":"channel-name:general","action":"take","rejection":"channel_name_taken"}]})"));
}

TEST_CASE("an unchanged verdict is accepted with no events and no claims", "[core][decide]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  REQUIRE(core.decide(general, command(JoinChannel{}), context(bob)));
  CHECK(core.out() == R"({"accepted":true,"stream":"channel-general","version":3,"events":[]})");
}

TEST_CASE("a renaming releases the old name before it takes the new one", "[core][decide]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  REQUIRE(core.decide(general, command(RenameChannel{"lobby"}), context(ada)));
  CHECK(core.out().ends_with(R"("data":{"name":"lobby"}}],"claims":[{"key":"channel-name:general","action":"release"},)"
                             R"({"key":"channel-name:lobby","action":"take","rejection":"channel_name_taken"}]})"));
}

TEST_CASE("a rejection says its code, a sentence, where and how much", "[core][decide]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  REQUIRE(core.decide(general, command(JoinChannel{}, "channel-general"), context(cleo)));
  REQUIRE(core.decide(general, command(SendMessage{{"m2"}, "hi", {}}), context(cleo)));
  CHECK(
      core.out() ==
      R"({"accepted":false,"rejection":{"code":"not_a_member","message":"cleo is not a member of channel-general."}})");
  REQUIRE(core.decide(general, command(SendMessage{{"m2"}, repeated("x", 4'001), {}}), context(bob)));
  CHECK(
      core.out() ==
      R"({"accepted":false,"rejection":{"code":"text_too_long","message":"The text has 4001 characters; the limit is 4000.",)"
      R"("pointer":"/data/text","params":{"limit":4000,"actual":4001}}})");
}

TEST_CASE("deciding changes nothing, however often", "[core][decide]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const std::string sends = command(SendMessage{{"m2"}, "ho", {}});
  REQUIRE(core.decide(general, sends, context(bob)));
  const std::string first(core.out());
  for (int times = 0; times < 3; ++times) {
    REQUIRE(core.decide(general, sends, context(bob)));
    CHECK(core.out() == first);
    REQUIRE(core.decide(general, command(DeleteMessage{{"m1"}}), context(ada)));
    CHECK(core.version(general) == 3);
  }
}

TEST_CASE("one context after another is taken for what it is", "[core][decide]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const std::string leaves = command(LeaveChannel{});
  REQUIRE(core.decide(general, leaves, context(cleo)));
  CHECK(code_of(core.out()) == "not_a_member");
  REQUIRE(core.decide(general, leaves, "{"));
  CHECK(code_of(core.out()) == "unexpected_end");
  REQUIRE(core.decide(general, leaves, "{"));
  CHECK(code_of(core.out()) == "unexpected_end");
  REQUIRE(core.decide(general, leaves, context(bob)));
  CHECK(text_at(core.out(), "userId") == "bob");
  REQUIRE(core.decide(general, leaves, context(ada)));
  CHECK(text_at(core.out(), "userId") == "ada");
}

// ---- deciding many

TEST_CASE("many commands are decided as one by one, each on what the accepted ones before it left",
          "[core][decide_many]") {
  const std::vector<std::string> commands{command(SendMessage{{"m2"}, "a", {}}),
                                          command(SendMessage{{"m2"}, "b", {}}),
                                          command(SendMessage{{"m2"}, "a", {}}),
                                          command(EditMessage{{"m2"}, "b"}),
                                          "{\"not\":\"a command\"}",
                                          command("join_channel", "{}", "channel-general", 5),
                                          command("join_channel", "{}", "channel-general", 4),
                                          command(AddReaction{{"m1"}, "\U0001F44D"}),
                                          command(LeaveChannel{}),
                                          command(SendMessage{{"m3"}, "c", {}}),
                                          command(JoinChannel{}),
                                          command(SendMessage{{"m3"}, "c", MessageId{"m2"}})};
  Chat core;
  const Handle one = opened(core, bob_said_hi);
  const Handle many = opened(core, bob_said_hi);
  std::string verdicts;
  std::string ndjson = "\n";
  for (const std::string& each : commands) {
    REQUIRE(core.decide(one, each, context(bob)));
    const std::string verdict(core.out());
    verdicts += verdict + '\n';
    if (verdict.starts_with("{\"accepted\":true")) REQUIRE(core.apply(one, verdict));
    ndjson += each + "\r\n \t\n";
  }
  REQUIRE(core.decide_many(many, ndjson, context(bob)));
  CHECK(core.out() == verdicts);
  CHECK(core.version(many) == core.version(one));
  REQUIRE(core.snapshot(one));
  const std::string state(core.out());
  REQUIRE(core.snapshot(many));
  CHECK((core.out() == state));
  REQUIRE(core.decide_many(many, "", context(bob)));
  CHECK(core.out().empty());
}

TEST_CASE("many commands under a context that is none are refused as a whole", "[core][decide_many]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  CHECK_FALSE(core.decide_many(general, command(LeaveChannel{}), "{}"));
  CHECK(code_of(core.out()) == "missing_key");
  CHECK(core.version(general) == 3);
}

// ---- reading

TEST_CASE("no is an answer to who may read, and whoever has no id is nobody", "[core][admits]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const auto answer = [&](std::string_view actor) {
    REQUIRE(core.admits(general, actor));
    return std::string(core.out());
  };
  CHECK(answer("ada") == "true");
  CHECK(answer("bob") == "true");
  CHECK(answer("cleo") == "false");
  for (const std::string& actor :
       {std::string(""), std::string("ada "), std::string("ada\0", 4), std::string("\"ada\""), std::string("a/b"),
        std::string("\xFF"), std::string(129, 'x'), std::string(100'000, 'x')}) {
    CHECK(answer(actor) == "false");
  }
  const Handle user = core.open("user", "user-ada");
  REQUIRE(core.admits(user, "ada"));
  CHECK(core.out() == "true");
  REQUIRE(core.admits(user, "bob"));
  CHECK(core.out() == "false");
  const Handle view = core.view("channel/general");
  CHECK_FALSE(core.admits(view, "ada"));
  CHECK(code_of(core.out()) == "handle_closed");
}

// ---- what is inside

TEST_CASE("both lanes of a digest tell texts apart", "[core][digest]") {
  std::vector<std::uint64_t> low;
  std::vector<std::uint64_t> high;
  for (int n = 0; n < 1'000; ++n) {
    const Digest digest = Digest{}.then(numbered("text ", n));
    low.push_back(digest.low);
    high.push_back(digest.high);
  }
  for (std::vector<std::uint64_t>* lane : {&low, &high}) {
    std::sort(lane->begin(), lane->end());
    CHECK(std::adjacent_find(lane->begin(), lane->end()) == lane->end());
  }
  CHECK_FALSE(Digest{}.then("ab").then("c") == Digest{}.then("a").then("bc"));
  CHECK_FALSE(Digest{}.then(std::string(1, '\0')) == Digest{}.then(""));
}

}  // namespace crowbar::chat
