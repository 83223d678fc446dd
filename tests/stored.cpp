// Every shape of an event that was ever written is still read: one line of each stands in its aggregate's stored.jsonl.
// A line there is never changed or removed; a new shape is a new line.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "chat.hpp"
#include "registry/contexts.hpp"
#include "wire.hpp"

namespace crowbar::tests {
namespace {

const std::filesystem::path domain = std::filesystem::path(__FILE__).parent_path().parent_path() / "domain";

// The lines of domain/<context>/*/stored.jsonl whose streams belong to `aggregate`.
std::vector<std::string> stored_of(std::string_view context, std::string_view aggregate) {
  std::vector<std::string> stored;
  for (const auto& folder : std::filesystem::directory_iterator(domain / context)) {
    std::ifstream lines(folder.path() / "stored.jsonl");
    for (std::string line; std::getline(lines, line);) {
      if (is_stream_of(text_at(line, "stream"), aggregate)) stored.push_back(line);
    }
  }
  return stored;
}

std::string shape(std::string_view type, std::int64_t schema) { return concat(type, " ", std::to_string(schema)); }

template <class Visit>
void each_aggregate(Visit&& visit) {
  const auto in_context = [&]<class C>(std::type_identity<C>) {
    const auto all = [&]<class... A>(std::type_identity<std::tuple<A...>>) {
      (visit(std::type_identity<C>{}, std::type_identity<A>{}), ...);
    };
    all(std::type_identity<typename C::Aggregates>{});
  };
  [&]<class... C>(std::type_identity<std::tuple<C...>>) {
    (in_context(std::type_identity<C>{}), ...);
  }(std::type_identity<registry::Contexts>{});
}

template <class... E, class... Old>
std::set<std::string> shapes(std::type_identity<std::variant<E...>>, std::type_identity<std::tuple<Old...>>) {
  return {shape(description<E>.name, description<E>.schema)...,
          shape(description<Old>.name, description<Old>.schema)...};
}

}  // namespace

TEST_CASE("every stored line is folded, in the order of its stream", "[stored]") {
  each_aggregate([]<class C, class A>(std::type_identity<C>, std::type_identity<A>) {
    Core<C> core;
    std::map<std::string, Handle> streams;
    for (const std::string& line : stored_of(C::name, A::Contract::name)) {
      INFO(line);
      const std::string stream = text_at(line, "stream");
      if (!streams.contains(stream)) streams[stream] = core.open(A::Contract::name, stream);
      const bool folded = core.fold(streams[stream], line);
      INFO(core.out());
      CHECK(folded);
      CHECK(core.version(streams[stream]) == number_at(line, "version"));
    }
    CHECK_FALSE(streams.empty());
  });
}

TEST_CASE("of every event that is known, in every schema, a line is stored, and of no other", "[stored]") {
  each_aggregate([]<class C, class A>(std::type_identity<C>, std::type_identity<A>) {
    std::set<std::string> stored;
    for (const std::string& line : stored_of(C::name, A::Contract::name)) {
      stored.insert(shape(text_at(line, "type"), number_at(line, "schema")));
    }
    CHECK(stored == shapes(std::type_identity<typename A::Contract::Event>{},
                           std::type_identity<typename A::Contract::Earlier>{}));
  });
}

TEST_CASE("the stored lines are written as they always were", "[stored]") {
  each_aggregate([]<class C, class A>(std::type_identity<C>, std::type_identity<A>) {
    for (const std::string& line : stored_of(C::name, A::Contract::name)) {
      Arena arena;
      Fault fault;
      Reader reader(line, Door::log, arena, fault);
      EventEnvelope envelope;
      CHECK(read_value(reader, envelope));
      CHECK(canonical(envelope) == line);
    }
  });
}

TEST_CASE("the views still say what they said of the stored lines", "[stored]") {
  std::string log;
  for (const char* aggregate : {"channel", "user"}) {
    for (const std::string& line : stored_of("chat", aggregate)) log += line + '\n';
  }
  const auto data = [&](std::string_view key) {
    Chat core;
    const Handle view = core.view(key);
    const bool projected = core.project(view, log);
    INFO(core.out());
    CHECK(projected);
    REQUIRE(core.view_bytes(view));
    const std::string bytes(core.out());
    return bytes.substr(8, bytes.rfind(",\"checkpoint\":") - 8);
  };
  CHECK(data("allchannels") ==
        R"([{"id":"oldest","name":"oldest","description":"","users":1,"owner":"ada","createdAt":1709208001000},)"
        R"({"id":"older","name":"older","description":"From the time before schema 2","users":1,"owner":"ada",)"
        R"("createdAt":1709208002000}])");
  CHECK(data("allusers") == R"({"ada":{"name":"Ada 👩‍💻"},"bob":{"name":"Bob"}})");
  CHECK(data("channel/general") ==
        R"({"id":"general","name":"lobby","description":"Nearly everything","owner":"ada","archived":true,)"
        R"("members":["ada"],"messages":2,"pages":1})");
  CHECK(data("messages/general/1") ==
        R"([{"messageId":"m1","userId":"bob","text":"","at":1709208005000,"editedAt":1709208007000,"deleted":true,)"
        R"("reactions":{}},{"messageId":"m2","userId":"ada","text":"Grüße, \"Bob\" \\ 日本 😀\nsecond line",)"
        R"("at":1709208006000,"replyTo":"m1","reactions":{}}])");
}

}  // namespace crowbar::tests
