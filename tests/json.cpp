// What C++ users of the core get: every described record as nlohmann_json, and back.
#include "json/json.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "kernel/core.hpp"
#include "random_record.hpp"
#include "registry/contexts.hpp"

using crowbar::Door;
using crowbar::Owned;
using crowbar::chat::channel::ChannelCreatedV1;
using crowbar::chat::channel::SendMessage;
using nlohmann::json;
using nlohmann::ordered_json;
namespace messages = crowbar::chat::messages;

namespace {

template <class T>
std::string canonical(const T& value) {
  crowbar::Bytes bytes;
  crowbar::write_value(bytes, value);
  return std::string(bytes.view());
}

// Calls `visit` with every record that is described anywhere: as its type, without a value.
template <class Visit>
void each_described(Visit&& visit) {
  using Envelopes = std::tuple<crowbar::Actor, crowbar::CommandEnvelope, crowbar::ContextEnvelope,
                               crowbar::EventEnvelope, crowbar::VerdictEnvelope, crowbar::ViewEnvelope>;
  crowbar::Each<Envelopes>::all(visit);
  crowbar::Each<crowbar::registry::Contexts>::all([&]<class C>(std::type_identity<C>) {
    crowbar::Each<typename C::Aggregates>::all([&]<class A>(std::type_identity<A>) {
      crowbar::Each<typename A::Contract::Command>::all(visit);
      crowbar::Each<typename A::Contract::Event>::all(visit);
      crowbar::Each<typename A::Contract::Earlier>::all(visit);
      visit(std::type_identity<typename A::Facts>{});
    });
    crowbar::Each<typename C::Projections>::all(
        [&]<class P>(std::type_identity<P>) { visit(std::type_identity<typename P::Row>{}); });
  });
}

}  // namespace

TEST_CASE("nlohmann_json and the canonical writer write every record alike, and read back what they wrote", "[json]") {
  std::size_t records = 0;
  each_described([&]<class R>(std::type_identity<R>) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      crowbar::Arena memory;
      crowbar::tests::RandomRecord random(seed, memory);
      R record{};
      random.fill(record);
      const ordered_json made = record;
      const std::string written = canonical(record);
      INFO(crowbar::description<R>.name << ", seed " << seed);
      REQUIRE(made.dump() == written);
      REQUIRE(ordered_json::parse(written) == made);
      for (const Door door : {Door::command, Door::log}) {
        Owned<R> owned;
        const crowbar::Fault fault = owned.read(made, door);
        INFO(describe(fault.code).code << " at " << fault.pointer);
        REQUIRE(!fault);
        REQUIRE(canonical(*std::as_const(owned)) == written);
      }
      ++records;
    }
  });
  CHECK(records > 4000);
}

TEST_CASE("a member that is absent is a key that is absent", "[json]") {
  const SendMessage plain{{"m1"}, "hi", {}};
  CHECK(ordered_json(plain).dump() == R"({"messageId":"m1","text":"hi"})");
  const SendMessage answer{{"m2"}, "hi", crowbar::chat::MessageId{"m1"}};
  CHECK(ordered_json(answer).dump() == R"({"messageId":"m2","text":"hi","replyTo":"m1"})");

  const auto read = json::parse(R"({"text":"hi","messageId":"m1"})").get<Owned<SendMessage>>();
  CHECK(read->message.value == "m1");
  CHECK_FALSE(read->reply_to.has_value());
  CHECK_THROWS_AS(json::parse(R"({"text":"hi","messageId":"m1","replyTo":null})").get<Owned<SendMessage>>(),
                  crowbar::Refused);
}

TEST_CASE("a dictionary keeps its order in ordered_json and is sorted in json", "[json]") {
  const std::string text = R"({"messageId":"m1","userId":"ada","text":"","at":7,"reactions":{"z":["bob"],"a":[]}})";
  const auto row = ordered_json::parse(text).get<Owned<messages::Row>>();
  REQUIRE(row->reactions.size() == 2);
  CHECK(row->reactions[0].key == "z");
  CHECK(row->reactions[0].value[0].value == "bob");
  CHECK(ordered_json(*row).dump() == text);
  CHECK(json(*row)["reactions"].dump() == R"({"a":[],"z":["bob"]})");
}

TEST_CASE("what was read lives as long as its owner, wherever that moves and whatever becomes of the JSON", "[json]") {
  Owned<SendMessage> kept;
  {
    json gone = {{"messageId", "m1"}, {"text", "a text that is longer than a short string \"and escaped\""}};
    auto first = gone.get<Owned<SendMessage>>();
    kept = std::move(first);
  }
  CHECK(kept->text == "a text that is longer than a short string \"and escaped\"");
  static_assert(!std::is_copy_constructible_v<Owned<SendMessage>>);
}

TEST_CASE("JSON is refused by name, place and sentence as at every other door", "[json]") {
  const json unknown = {{"messageId", "m1"}, {"text", "hi"}, {"colour", "red"}};
  Owned<SendMessage> sent;
  const crowbar::Fault fault = sent.read(unknown);
  CHECK(fault.code == crowbar::FaultCode::unknown_key);
  CHECK(fault.name == "colour");
  CHECK(std::as_const(sent)->text.empty());
  CHECK_FALSE(sent.read(unknown, Door::log));
  CHECK(std::as_const(sent)->text == "hi");

  CHECK(sent.read(json{{"messageId", "-"}, {"text", "hi"}}).code == crowbar::FaultCode::id_invalid);
  CHECK(sent.read(json{{"messageId", "m1"}, {"text", 1.5}}).pointer == "/text");
  CHECK(sent.read(json{{"messageId", "m1"}, {"text", "\xff"}}).code == crowbar::FaultCode::invalid_utf8);
  CHECK_THROWS_WITH((json{{"text", "hi"}}.get<Owned<SendMessage>>()), "The key \"messageId\" is missing.");
}

TEST_CASE("lists and dictionaries of records are read and written too", "[json]") {
  const auto rows = json::parse(R"([{"name":"a"},{"name":"b","description":"c"}])");
  const auto read = rows.get<Owned<crowbar::List<ChannelCreatedV1>>>();
  REQUIRE(read->size() == 2);
  CHECK((*read)[1].description == "c");
  CHECK(json(*read) == rows);
  CHECK(json(crowbar::Instant{7}) == 7);
  CHECK(json(crowbar::chat::UserId{"ada"}) == "ada");
}
