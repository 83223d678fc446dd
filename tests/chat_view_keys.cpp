// How views are named, and which of them an event touches.
#include "viewed.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::Chat;
using tests::lines;

std::string keys_of(const std::string& event) {
  Chat core;
  CHECK(core.view_keys(0, event));
  return std::string(core.out());
}
std::string last_line(const std::string& lines) { return lines.substr(lines.rfind('\n', lines.size() - 2) + 1); }

}  // namespace

TEST_CASE("a view is opened by its key, with the id of its stream or the stream's name", "[chat][views][keys]") {
  Chat core;
  const auto key_of = [&](std::string_view key) {
    const Handle handle = core.view(key);
    REQUIRE(handle != 0);
    REQUIRE(core.view_key(handle));
    return std::string(core.out());
  };
  CHECK(key_of("allchannels") == "allchannels");
  CHECK(key_of("allusers") == "allusers");
  CHECK(key_of("channel/general") == key_of("channel/channel-general"));
  CHECK(key_of("messages/general/12") == key_of("messages/channel-general/12"));
  CHECK(key_of("messages/general/1") == "messages/general/1");
}

TEST_CASE("what is no view's key opens none", "[chat][views][keys]") {
  Chat core;
  for (const char* key : {"",
                          "nope",
                          "allchannels/",
                          "allchannels/x",
                          "allchannelsx",
                          "Allchannels",
                          "channel",
                          "channel/",
                          "channel//",
                          "channel/general/",
                          "channel/general/1",
                          "channel/-x",
                          "channel/a b",
                          "messages",
                          "messages/general",
                          "messages/general/",
                          "messages/general/0",
                          "messages/general/01",
                          "messages/general/-1",
                          "messages/general/+1",
                          "messages/general/1x",
                          "messages/general/1/",
                          "messages/general/1/1",
                          "messages/general/1.0",
                          "messages/general/99999999999",
                          "messages//1",
                          "/allchannels",
                          " allchannels"}) {
    INFO(key);
    CHECK(core.view(key) == 0);
    CHECK(tests::code_of(core.out()) == "unknown_view");
  }
}

TEST_CASE("an event touches the views that hear it", "[chat][views][keys]") {
  CHECK(keys_of(lines(general_created_by_ada)) == R"(["allchannels","channel/general"])");
  CHECK(keys_of(last_line(lines(general_with_bob))) == R"(["allchannels","channel/general"])");
  CHECK(keys_of(last_line(lines(bob_said_hi))) == R"(["channel/general","messages/general/1"])");
  CHECK(keys_of(last_line(lines(bobs_hi_deleted))) == R"(["messages/general/1"])");
  CHECK(keys_of(last_line(lines(archived))) == R"(["allchannels","channel/general"])");
  CHECK(keys_of(lines(user::ada_registered)) == R"(["allusers"])");
}

TEST_CASE("where a message's page is not known, every page is named on which it may be", "[chat][views][keys]") {
  const auto edited = [](std::int64_t version) {
    return tests::Stored{"channel-general", version, "message_edited", R"({"messageId":"m1","text":"y"})"}.line();
  };
  CHECK(keys_of(edited(101)) == R"(["messages/general/1","messages/general/2"])");
  CHECK(keys_of(edited(201)) == R"(["messages/general/1","messages/general/2","messages/general/3"])");
}

TEST_CASE("an open channel knows the page of each of its messages", "[chat][views][keys]") {
  Chat core;
  const Handle handle = core.open("channel", "channel-general");
  std::string log = lines(general_created_by_ada);
  for (int n = 1; n <= 101; ++n) {
    const std::string data = concat(R"({"messageId":"m)", std::to_string(n), R"(","text":"x"})");
    log += tests::Stored{"channel-general", n + 1, "message_sent", data}.line() + '\n';
  }
  REQUIRE(core.fold(handle, log));
  const auto keys = [&](std::string_view message) {
    const std::string data = concat(R"({"messageId":")", message, R"(","text":"y"})");
    CHECK(core.view_keys(handle, tests::Stored{"channel-general", 103, "message_edited", data}.line()));
    return std::string(core.out());
  };
  CHECK(keys("m1") == R"(["messages/general/1"])");
  CHECK(keys("m100") == R"(["messages/general/1"])");
  CHECK(keys("m101") == R"(["messages/general/2"])");
}

TEST_CASE("the views that an event touches take it in, whatever the id of its stream", "[chat][views][keys]") {
  for (const char* stream : {"channel-general", "channel-channel-x", "channel-channel-", "channel-_",
                             "channel-a:b@c~d.e", "channel-channel-channel-x"}) {
    INFO(stream);
    Chat core;
    const std::string event = tests::Stored{stream, 1, "channel_created", R"({"name":"x","description":""})", 2}.line();
    REQUIRE(core.view_keys(0, event));
    const std::string keys(core.out());
    for (std::size_t at = keys.find('"'); at != std::string::npos; at = keys.find('"', at + 1)) {
      const std::size_t end = keys.find('"', at + 1);
      const std::string key = keys.substr(at + 1, end - at - 1);
      at = end;
      const Handle view = core.view(key);
      REQUIRE(view != 0);
      CHECK(core.project(view, event));
      REQUIRE(core.view_bytes(view));
      const std::string bytes(core.out());
      CHECK(tests::number_at(bytes, stream) == 1);  // in its checkpoint
      CHECK(tests::text_at(bytes, "projection") == key);
      const Handle loaded = core.load_view(bytes);
      REQUIRE(loaded != 0);
      REQUIRE(core.view_bytes(loaded));
      CHECK(core.out() == bytes);
    }
  }
}

TEST_CASE("what is no event has no views, and it is said why", "[chat][views][keys]") {
  Chat core;
  CHECK_FALSE(core.view_keys(0, "{}"));
  CHECK(tests::code_of(core.out()) == "missing_key");
  CHECK_FALSE(core.view_keys(0, tests::Stored{"bank-1", 1, "channel_archived"}.line()));
  CHECK(tests::code_of(core.out()) == "stream_invalid");
  CHECK_FALSE(core.view_keys(0, tests::Stored{"channel-general", 1, "channel_exploded"}.line()));
  CHECK(tests::code_of(core.out()) == "event_unknown");
  CHECK_FALSE(core.view_keys(0, tests::Stored{"channel-general", 1, "channel_archived"}.line() + "x"));
  CHECK(tests::code_of(core.out()) == "trailing_content");
  CHECK_FALSE(core.view_keys(77, tests::Stored{"channel-general", 1, "channel_archived"}.line()));
  CHECK(tests::code_of(core.out()) == "handle_closed");
}

}  // namespace crowbar::chat
