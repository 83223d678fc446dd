// The numbers that stand for what is open: closed ones, ones of the other kind, and those that come after them.
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

TEST_CASE("a handle that is closed, or was never open, answers so", "[core][handles]") {
  Chat core;
  const Handle stream = opened(core, bob_said_hi);
  const Handle view = core.view("allchannels");
  REQUIRE(core.close(stream));
  REQUIRE(core.close(view));
  for (const Handle handle :
       {stream, view, Handle{0}, Handle{3}, Handle{99}, ~Handle{0}, Handle{1} << 20, stream + (1U << 20) * 2}) {
    const auto closed = [&](bool answered) {
      CHECK_FALSE(answered);
      CHECK(code_of(core.out()) == "handle_closed");
    };
    closed(core.fold(handle, ""));
    closed(core.apply(handle, "{}"));
    closed(core.decide(handle, "{}", "{}"));
    closed(core.decide_many(handle, "{}", "{}"));
    closed(core.snapshot(handle));
    closed(core.claims(handle));
    closed(core.admits(handle, "ada"));
    closed(core.project(handle, ""));
    closed(core.begin_after(handle, "channel-general", 1));
    closed(core.view_bytes(handle));
    closed(core.view_checkpoint(handle));
    closed(core.view_key(handle));
    closed(core.close(handle));
    CHECK(core.version(handle) == -1);
  }
}

TEST_CASE("a handle of the other kind answers as a closed one, and stays open", "[core][handles]") {
  Chat core;
  const Handle stream = opened(core, bob_said_hi);
  const Handle view = core.view("allchannels");
  CHECK_FALSE(core.view_bytes(stream));
  CHECK(code_of(core.out()) == "handle_closed");
  CHECK_FALSE(core.project(stream, ""));
  CHECK_FALSE(core.fold(view, ""));
  CHECK(code_of(core.out()) == "handle_closed");
  CHECK_FALSE(core.decide(view, "{}", "{}"));
  CHECK_FALSE(core.snapshot(view));
  CHECK(core.version(view) == -1);
  CHECK(core.version(stream) == 3);
  CHECK(core.view_bytes(view));
}

TEST_CASE("a closed handle is not answered by the one opened next", "[core][handles]") {
  Chat core;
  const Handle first = opened(core, bob_said_hi);
  Handle latest = first;
  for (int times = 0; times < 4'095; ++times) {
    REQUIRE(core.close(latest));
    latest = core.open("channel", "channel-general");
    REQUIRE(latest != 0);
    REQUIRE(latest != first);
    REQUIRE(core.version(first) == -1);
    REQUIRE(core.version(latest) == 0);
  }
}

TEST_CASE("handles are told apart", "[core][handles]") {
  Chat core;
  std::vector<Handle> handles;
  for (int n = 0; n < 300; ++n) {
    handles.push_back(core.open("channel", numbered("channel-c", n)));
    const std::string stream = numbered("channel-c", n);
    for (std::int64_t version = 1; version <= n % 3; ++version) {
      REQUIRE(core.fold(handles.back(), tests::Stored{stream, version, "channel_archived"}.line()));
    }
  }
  for (int n = 0; n < 300; n += 2) REQUIRE(core.close(handles[static_cast<std::size_t>(n)]));
  for (int n = 0; n < 300; ++n) {
    CHECK(core.version(handles[static_cast<std::size_t>(n)]) == (n % 2 == 0 ? -1 : n % 3));
  }
}

}  // namespace crowbar::chat
