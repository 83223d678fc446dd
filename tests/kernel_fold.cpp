// Folding what is stored: in order, without a gap, one event a line; and taking over an accepted verdict.
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
using tests::number_at;
using tests::Stored;
using tests::text_at;

// A stream that is folded line by line, and what is said when it cannot be.
class Folded {
 public:
  explicit Folded(const Channel& history = nothing) : handle_(core_.open("channel", "channel-general")) {
    REQUIRE(core_.fold(handle_, lines(history)));
  }
  std::int64_t version() { return core_.version(handle_); }
  std::string state() {
    REQUIRE(core_.snapshot(handle_));
    return std::string(core_.out());
  }
  bool is_in(const std::string& state) { return this->state() == state; }  // bytes that no report should show
  void takes(const std::string& events) {
    const bool folded = core_.fold(handle_, events);
    INFO(core_.out());
    CHECK(folded);
  }
  /// Expects that nothing of `events` is taken.
  std::string refuses(const std::string& events) {
    const std::string before = state();
    CHECK_FALSE(core_.fold(handle_, events));
    std::string refusal(core_.out());
    CHECK(core_.check(refusal));
    CHECK(is_in(before));
    return refusal;
  }
  std::string refuses_verdict(const std::string& verdict) {
    const std::string before = state();
    CHECK_FALSE(core_.apply(handle_, verdict));
    std::string refusal(core_.out());
    CHECK(is_in(before));
    return refusal;
  }
  bool applies(const std::string& verdict) { return core_.apply(handle_, verdict); }
  std::string decides(const std::string& command, UserId who) {
    REQUIRE(core_.decide(handle_, command, context(who)));
    return std::string(core_.out());
  }
  std::string claims() {
    REQUIRE(core_.claims(handle_));
    return std::string(core_.out());
  }

 private:
  Chat core_;
  Handle handle_;
};

std::string renamed(std::int64_t version, std::string_view stream = "channel-general") {
  return Stored{stream, version, "channel_renamed", R"({"name":"x"})"}.line();
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
std::string accepted(std::int64_t version, const std::string& events, std::string_view stream = "channel-general") {
  return concat(R"({"accepted":true,"stream":")", stream, R"(","version":)", std::to_string(version), ",\"events\":[",
                events, "]}");
}

}  // namespace

// ---- order

TEST_CASE("events are folded in order, a line each, blank lines between", "[core][fold]") {
  Folded whole(bob_said_hi);
  CHECK(whole.version() == 3);
  Folded parts;
  parts.takes("");
  parts.takes(concat(" \r\n\n", lines(general_with_bob), "\n \t\r\n"));
  CHECK(parts.version() == 2);
  std::string last = lines(bob_said_hi, 3);
  last.pop_back();
  parts.takes(last + "\r");
  CHECK(parts.is_in(whole.state()));
}

TEST_CASE("a gap is refused by the version that is missing", "[core][fold]") {
  Folded folded(general_with_bob);
  for (const std::int64_t version : {1, 2, 4, 5, 100}) {
    const std::string refusal = folded.refuses(renamed(version));
    CHECK(code_of(refusal) == "version_gap");
    CHECK(number_at(refusal, "expected") == 3);
    CHECK(number_at(refusal, "actual") == version);
    CHECK(number_at(refusal, "line") == 1);
    CHECK(text_at(refusal, "name") == "channel-general");
  }
  for (const char* version : {"0", "-1"}) {
    CHECK(code_of(folded.refuses(replaced(renamed(3), ":3,", concat(":", version, ",")))) == "value_out_of_range");
  }
}

TEST_CASE("what came before a fault stays folded, and the fault says its line", "[core][fold]") {
  Folded folded(general_with_bob);
  Folded wanted(general_with_bob);
  wanted.takes(concat(renamed(3), "\n", renamed(4)));
  Chat core;
  const Handle handle = core.open("channel", "channel-general");
  REQUIRE(core.fold(handle, lines(general_with_bob)));
  CHECK_FALSE(core.fold(handle, concat("\n", renamed(3), "\n", renamed(4), "\n\n", renamed(6), "\n", renamed(5))));
  CHECK(number_at(core.out(), "line") == 5);
  CHECK(number_at(core.out(), "expected") == 5);
  CHECK(core.version(handle) == 4);
  REQUIRE(core.snapshot(handle));
  CHECK((core.out() == wanted.state()));
}

TEST_CASE("an event of another stream is refused by its name", "[core][fold]") {
  Folded folded(general_with_bob);
  for (const char* stream : {"channel-random", "user-ada", "channel-general2", "channel-", ""}) {
    const std::string refusal = folded.refuses(renamed(3, stream));
    CHECK(code_of(refusal) == "foreign_stream");
    CHECK(text_at(refusal, "name") == stream);
  }
}

// ---- shape

TEST_CASE("an event that this module does not know is refused by its name and schema", "[core][fold]") {
  Folded folded;
  for (const Stored& stored :
       {Stored{"channel-general", 1, "channel_exploded"}, Stored{"channel-general", 1, "create_channel"},
        Stored{"channel-general", 1, "user_registered", R"({"name":"x"})"},
        Stored{"channel-general", 1, "channel_archived", "{}", 2},
        Stored{"channel-general", 1, "channel_created", R"({"name":"x","description":""})", 3}}) {
    const std::string refusal = folded.refuses(stored.line());
    CHECK(code_of(refusal) == "event_unknown");
    CHECK(text_at(refusal, "name") == stored.type);
    CHECK(number_at(refusal, "actual") == stored.schema);
  }
}

TEST_CASE("a channel that was created without a description has an empty one", "[core][fold][upcast]") {
  const auto created = [](std::string_view data, std::int64_t schema) {
    Folded folded;
    folded.takes(Stored{"channel-general", 1, "channel_created", data, schema}.line());
    CHECK(folded.claims() == R"(["channel-name:x"])");
    return folded.state();
  };
  const std::string today = created(R"({"name":"x","description":""})", 2);
  CHECK((created(R"({"name":"x"})", 1) == today));
  CHECK((created(R"({"name":"x","description":""})", 1) == today));
  CHECK((created(R"({"name":"x","description":"d"})", 1) == created(R"({"name":"x","description":"d"})", 2)));
  CHECK(code_of(Folded().refuses(Stored{"channel-general", 1, "channel_created", R"({"name":"x"})", 2}.line())) ==
        "missing_key");
}

TEST_CASE("keys that an event does not know are of a newer writer, and are ignored", "[core][fold]") {
  const std::string plain = lines(bob_said_hi);
  Folded wanted(bob_said_hi);
  for (const char* key : {"extra", "__proto__", "constructor", "", "\u00E9"}) {
    const std::string member = concat("\"", key, R"(":{"a":[1,{"b":null}]},)");
    for (const char* before : {"\"id\":\"018", "\"version\":", "\"roles\":", "\"data\":", "\"text\":"}) {
      Folded folded(general_with_bob);
      folded.takes(replaced(lines(bob_said_hi, 3), before, concat(member, before)));
      CHECK(folded.is_in(wanted.state()));
    }
  }
}

TEST_CASE("the keys of an event come in any order, with any spaces", "[core][fold]") {
  const std::string shuffled =
      "{ \"data\" : {\"text\":\"hi\" ,\"messageId\":\"m1\"}, \"domain\":\"\", \"command\":\"\", "
      "\"actor\":{\"id\":\"bob\"},"
      "\"at\":1709208000000,\"schema\":1,\"type\":\"message_sent\",\"version\":3,\"stream\":\"channel-general\",\"id\":"
      "\"\"}";
  Folded folded(general_with_bob);
  folded.takes(shuffled);
  CHECK(folded.is_in(Folded(bob_said_hi).state()));
}

TEST_CASE("an event is as strictly JSON as a command", "[core][fold]") {
  Folded folded(general_with_bob);
  const std::string event = renamed(3);
  const auto refused_with = [&](const std::string& changed) { return code_of(folded.refuses(changed)); };
  CHECK(refused_with(replaced(event, "\"x\"", "\"x\",\"name\":\"y\"")) == "duplicate_key");
  CHECK(refused_with(replaced(event, "\"x\"", "\"x\",\"a\":1,\"\\u0061\":2")) == "duplicate_key");
  CHECK(refused_with(replaced(event, "\"x\"", "\"x\",\"a\":1.0")) == "not_an_integer");
  CHECK(refused_with(replaced(event, "\"x\"", "\"\\ud800\"")) == "lone_surrogate");
  CHECK(refused_with(replaced(event, "\"x\"", "7")) == "wrong_type");
  CHECK(refused_with(replaced(event, "\"x\"", concat("\"x\",\"a\":", repeated("[", 31), repeated("]", 31)))) ==
        "too_deep");
  folded.takes(replaced(event, "\"x\"", concat("\"x\",\"a\":", repeated("[", 30), repeated("]", 30))));
  CHECK(refused_with(concat("\xEF\xBB\xBF", renamed(4))) == "byte_order_mark");
  CHECK(refused_with(concat(std::string(1, '\0'), renamed(4))) == "nul_byte");
  CHECK(refused_with("[]") == "wrong_type");
  CHECK(refused_with("{}") == "missing_key");
}

TEST_CASE("a line holds one event, and an event is one line", "[core][fold]") {
  Folded folded(general_with_bob);
  CHECK(code_of(folded.refuses(renamed(3) + " x")) == "trailing_content");
  CHECK(code_of(folded.refuses(renamed(3) + renamed(4))) == "trailing_content");
  CHECK(code_of(folded.refuses(renamed(3) + ",")) == "trailing_content");
  CHECK_FALSE(folded.refuses(replaced(renamed(3), ",\"type\"", ",\n\"type\"")).empty());
  CHECK_FALSE(folded.refuses(replaced(renamed(3), "\"x\"}}", "\"x\"}\n}")).empty());
  CHECK(folded.version() == 2);
}

TEST_CASE("an event has at most 131,072 bytes", "[core][fold]") {
  const auto padded = [](std::size_t size) {
    const std::string event = replaced(renamed(1), "\"x\"", "\"x\",\"padding\":\"\"");
    return replaced(event, "\"padding\":\"", concat("\"padding\":\"", std::string(size - event.size(), 'x')));
  };
  Folded folded;
  const std::string refusal = folded.refuses(padded(131'073));
  CHECK(code_of(refusal) == "too_large");
  CHECK(number_at(refusal, "actual") == 131'073);
  CHECK(number_at(refusal, "limit") == 131'072);
  folded.takes(padded(131'072));
  CHECK(folded.version() == 1);
}

TEST_CASE("a fault in an event points to the member", "[core][fold]") {
  Folded folded(general_with_bob);
  const auto pointer = [&](const std::string& event) { return text_at(folded.refuses(event), "pointer"); };
  CHECK(pointer(replaced(renamed(3), "\"x\"", "7")) == "/data/name");
  CHECK(pointer(replaced(renamed(3), "\"ada\"", "7")) == "/actor/id");
  CHECK(pointer(replaced(renamed(3), ":3,", ":0,")) == "/version");
  CHECK(pointer(renamed(4)) == "/version");
  CHECK(pointer(renamed(3, "channel-random")) == "/stream");
  CHECK(pointer(Stored{"channel-general", 3, "channel_exploded"}.line()) == "/type");
}

// ---- claims

TEST_CASE("a stream knows the claims that it holds", "[core][claims]") {
  CHECK(Folded().claims() == "[]");
  CHECK(Folded(bob_said_hi).claims() == R"(["channel-name:general"])");
  CHECK(Folded(bob_said_hi.by(ada, ChannelRenamed{"lobby"})).claims() == R"(["channel-name:lobby"])");
  CHECK(Folded(archived).claims() == "[]");
}

// ---- verdicts

TEST_CASE("an accepted verdict is taken over as its events", "[core][apply]") {
  Folded folded(general_with_bob);
  const std::string verdict = folded.decides(command(SendMessage{{"m1"}, "hi", {}}), bob);
  CHECK(folded.applies(verdict));
  CHECK(folded.is_in(Folded(bob_said_hi).state()));
  CHECK(folded.applies(folded.decides(command(SendMessage{{"m1"}, "hi", {}}), bob)));  // unchanged
  CHECK(folded.version() == 3);
  CHECK(code_of(folded.refuses_verdict(verdict)) == "version_gap");
}

TEST_CASE("what is no accepted verdict of this stream is refused", "[core][apply]") {
  Folded folded(general_with_bob);
  CHECK(code_of(folded.refuses_verdict(folded.decides(command(JoinChannel{}, "channel-other"), bob))) ==
        "not_a_verdict");
  CHECK(code_of(folded.refuses_verdict(R"({"accepted":false,"stream":"channel-general","version":2,"events":[]})")) ==
        "not_a_verdict");
  CHECK(code_of(folded.refuses_verdict(accepted(1, "", "channel-random"))) == "foreign_stream");
  CHECK(code_of(folded.refuses_verdict(accepted(3, renamed(3, "channel-random")))) == "foreign_stream");
  CHECK(code_of(folded.refuses_verdict(accepted(4, renamed(4)))) == "version_gap");
  CHECK(code_of(folded.refuses_verdict(accepted(4, concat(renamed(3), ",", renamed(5))))) == "version_gap");
  CHECK_FALSE(folded.refuses_verdict(accepted(9, renamed(3))).empty());
  CHECK_FALSE(folded.refuses_verdict(accepted(2, renamed(3))).empty());
  CHECK(code_of(folded.refuses_verdict(accepted(3, renamed(3)) + "x")) == "trailing_content");
  CHECK(code_of(folded.refuses_verdict("")) == "empty_input");
  CHECK(folded.applies(accepted(4, concat(renamed(3), ",", renamed(4)))));
  CHECK(folded.version() == 4);
}

}  // namespace crowbar::chat
