// Commands that come as their fields: decided as their JSON is, or not at all.
#include <cstring>

#include "chat.hpp"
#include "wire.hpp"

namespace crowbar::chat {
namespace {

using namespace channel;
using tests::Chat;
using tests::context;
using tests::opened;

/// A command as a host hands it over, and what the core answers.
struct Asked {
  std::uint32_t command;
  std::vector<std::int64_t> numbers{noon.ms, no_field};
  std::string text{};

  Asked& with(std::string_view value) {
    numbers.push_back(static_cast<std::int64_t>(value.size()));
    text += value;
    return *this;
  }
  Asked& without() {
    numbers.push_back(no_field);
    return *this;
  }
  /// The verdict's words; the first says how it ended.
  std::string of(Chat& core, Handle channel, UserId actor = bob) const {
    const std::string circumstances = context(actor);
    REQUIRE(core.decide_fields(channel, {command, numbers, text}, circumstances));
    return std::string(core.out());
  }
};

constexpr std::uint32_t refused = 0;
constexpr std::uint32_t accepted = 1;
constexpr std::uint32_t not_in_order = 2;
constexpr std::uint32_t send = 0;  // the number of send_message
constexpr std::uint32_t create = 7;

Asked asked(std::uint32_t number, std::string_view stream = "channel-general") {
  return Asked{number}.with(tests::command_id).with(stream);
}
std::uint32_t word(std::string_view answer, std::size_t at) {
  std::uint32_t word = 0;
  REQUIRE(at + 4 <= answer.size());
  std::memcpy(&word, answer.data() + at, 4);
  return word;
}
std::int64_t number(std::string_view answer, std::size_t at) {
  std::int64_t number = 0;
  REQUIRE(at + 8 <= answer.size());
  std::memcpy(&number, answer.data() + at, 8);
  return number;
}

}  // namespace

TEST_CASE("the texts of an event that are the command's are named, not copied", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const std::string answer = asked(send).with("m2").with("hello").with("m1").of(core, general);
  CHECK(word(answer, 0) == accepted);
  CHECK(word(answer, 4) == 1);
  CHECK(number(answer, 8) == 4);
  CHECK(word(answer, 32) == 0);  // message_sent
  for (std::uint32_t member = 0; member < 3; ++member) {
    CHECK(word(answer, 40 + 8 * member) == 2 + member);  // after the id and the stream
    CHECK(word(answer, 44 + 8 * member) == FieldWriter::echo);
  }
  CHECK(answer.size() == 64);
}

TEST_CASE("a text that a rule has trimmed is written, an absent one is absent", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const std::string answer = asked(send).with("m2").with(" hello ").without().of(core, general);
  REQUIRE(word(answer, 0) == accepted);
  CHECK(word(answer, 52) == 5);
  CHECK(answer.substr(word(answer, 16) + word(answer, 48), 5) == "hello");
  CHECK(word(answer, 60) == FieldWriter::absent);
}

TEST_CASE("a member that the command does not name comes from the context", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, general_created_by_ada);
  const std::string answer = asked(5).of(core, general);  // join_channel
  REQUIRE(word(answer, 0) == accepted);
  CHECK(answer.substr(word(answer, 16) + word(answer, 40), word(answer, 44)) == "bob");
}

TEST_CASE("claims come as JSON behind the texts", "[core][fields]") {
  Chat core;
  const Handle general = core.open("channel", "channel-general");
  const std::string answer = asked(create).with("general").with("").of(core, general, ada);
  REQUIRE(word(answer, 0) == accepted);
  CHECK(answer.substr(word(answer, 16) + word(answer, 20), word(answer, 24)) ==
        R"({"key":"channel-name:general","action":"take","rejection":"channel_name_taken"})");
}

TEST_CASE("a rejection and a conflict are the JSON that they always are", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const std::string answer = asked(send).with("m2").with(" ").without().of(core, general);
  CHECK(word(answer, 0) == refused);
  REQUIRE(core.decide(general, tests::command(SendMessage{{"m2"}, " ", {}}), context(bob)));
  CHECK(answer.substr(FieldWriter::head_size) == core.out());

  Asked late = asked(send).with("m2").with("hello").without();
  late.numbers[1] = 2;
  CHECK(tests::code_of(late.of(core, general)) == "version_conflict");
  late.numbers[1] = 3;
  CHECK(word(late.of(core, general), 0) == accepted);
}

TEST_CASE("the circumstances of the last decision are kept, at another moment", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  Asked again = asked(send).with("m2").with("hello").without();
  CHECK(core.decide_fields(general, {send, again.numbers, again.text}, {}));
  CHECK(word(core.out(), 0) == not_in_order);  // there was none
  again.of(core, general);
  again.numbers[0] = noon.ms + 1;
  CHECK(core.decide_fields(general, {send, again.numbers, again.text}, {}));
  CHECK(word(core.out(), 0) == accepted);

  // Bytes are read anew where the moment has moved on since they were read.
  REQUIRE(core.decide(general, tests::command(SendMessage{{"m2"}, "hello", {}}), context(bob)));
  CHECK(tests::number_at(core.out(), "at") == noon.ms);
}

TEST_CASE("what is not in order is not decided", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const auto good = [] { return asked(send).with("m2").with("hello").without(); };
  REQUIRE(word(good().of(core, general), 0) == accepted);
  const auto refuses = [&](const char* why, auto&& change) {
    INFO(why);
    Asked bad = good();
    change(bad);
    CHECK(word(bad.of(core, general), 0) == not_in_order);
  };
  refuses("an unknown command", [](Asked& bad) { bad.command = 11; });
  refuses("a command with other members", [](Asked& bad) { bad.command = create; });
  refuses("a text too few", [](Asked& bad) { bad.numbers.pop_back(); });
  refuses("a text too many", [](Asked& bad) { bad.with("x"); });
  refuses("more numbers than any command has", [](Asked& bad) { bad.numbers.resize(64, no_field); });
  refuses("no numbers", [](Asked& bad) { bad.numbers.clear(); });
  refuses("a required text that is absent",
          [](Asked& bad) { bad.numbers[5] = no_field, bad.text.resize(bad.text.size() - 5); });
  refuses("bytes that belong to no text", [](Asked& bad) { bad.text += "x"; });
  refuses("a size beyond the bytes", [](Asked& bad) { bad.numbers[5] = 6; });
  refuses("a size below nothing", [](Asked& bad) { bad.numbers[5] = -1; });
  refuses("an endless size", [](Asked& bad) { bad.numbers[5] = std::numeric_limits<std::int64_t>::max(); });
  refuses("another stream", [](Asked& bad) { bad.text.replace(bad.text.find("general"), 7, "generaL"); });
  refuses("an id that is no UUID", [](Asked& bad) { bad.text[0] = 'A'; });
  refuses("a message id that is none", [](Asked& bad) { bad.text.replace(bad.text.find("m2"), 2, "m "); });
  refuses("bytes that are no UTF-8", [](Asked& bad) { bad.text.replace(bad.text.find("hello"), 2, "\xC3("); });
  refuses("half a surrogate pair", [](Asked& bad) { bad.text.replace(bad.text.find("hello"), 3, "\xED\xA0\x80"); });
  refuses("a noncharacter", [](Asked& bad) { bad.text.replace(bad.text.find("hello"), 3, "\xEF\xBF\xBF"); });
  refuses("no moment", [](Asked& bad) { bad.numbers[0] = no_field; });
  refuses("a moment before time", [](Asked& bad) { bad.numbers[0] = -1; });
  refuses("a moment after time", [](Asked& bad) { bad.numbers[0] = max_integer + 1; });
  refuses("a version below nothing", [](Asked& bad) { bad.numbers[1] = -1; });
  refuses("more than a command may be", [](Asked& bad) {
    bad.numbers[5] = static_cast<std::int64_t>(max_command_bytes);
    bad.text += std::string(max_command_bytes - 5, 'x');
  });
}

TEST_CASE("a context that was read is there for the next command, and so is its fault", "[core][fields]") {
  Chat core;
  const Handle general = opened(core, bob_said_hi);
  const std::string hello = tests::command(SendMessage{{"m2"}, "hello", {}});
  const auto agrees = [&](std::string_view circumstances) {
    REQUIRE(core.decide(general, hello, circumstances));
    const std::string first(core.out());
    REQUIRE(core.decide_again(general, hello));
    CHECK(core.out() == first);
  };
  REQUIRE(core.decide_again(general, hello));
  CHECK(tests::code_of(core.out()) == "empty_input");
  agrees(context(bob));
  agrees("{\"at\":-1}");
  agrees("");
  agrees(context(ada));
  CHECK_FALSE(core.decide_again(0, hello));
}

TEST_CASE("a closed handle decides nothing", "[core][fields]") {
  Chat core;
  const Asked any = asked(send);
  CHECK_FALSE(core.decide_fields(7, {any.command, any.numbers, any.text}, context(bob)));
  CHECK(tests::code_of(core.out()) == "handle_closed");
}

}  // namespace crowbar::chat
