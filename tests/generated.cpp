// That generated histories are worth their name: where little happens the laws say little.
#include "generated.hpp"

#include <algorithm>
#include <set>

#include "registry/contexts.hpp"
#include "wire.hpp"

namespace crowbar::tests {
namespace {

constexpr std::uint64_t seeds = 12;
constexpr int commands = 1'000;

/// What came of many commands to the streams of one aggregate.
struct Came {
  std::set<std::string> events;
  std::set<std::string> refusals;
};

template <class C>
std::map<std::string, Came> came_of() {
  std::map<std::string, Came> came;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<C> generated(seed, commands);
    for (const auto& [stream, lines] : generated.streams()) {
      for (const std::string& event : lines)
        came[stream.substr(0, stream.find('-'))].events.insert(text_at(event, "type"));
    }
    for (const Asked& asked : generated.asked()) {
      came[asked.stream.substr(0, asked.stream.find('-'))].refusals.insert(code_of(asked.verdict));
    }
  }
  return came;
}

template <class... E>
std::set<std::string> names(std::type_identity<std::variant<E...>>) {
  return {std::string(description<E>.name)...};
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("in generated histories each event comes about, and each aggregate says no", "[laws]",
                        registry::Contexts) {
  const std::map<std::string, Came> came = came_of<TestType>();
  const auto look_at = [&]<class A>(std::type_identity<A>) {
    const Came& its = came.at(std::string(A::Contract::name));
    for (const std::string& event : names(std::type_identity<typename A::Contract::Event>{})) {
      INFO("No generated command led to " << event << ": pools.hpp lacks what one would have to say.");
      CHECK(its.events.contains(event));
    }
    std::set<std::string> codes;
    each_rejection<typename A::Contract::Rejection>([&](const auto& described) { codes.emplace(described.code); });
    const auto came_about = [&](const std::string& code) { return its.refusals.contains(code); };
    INFO("No generated command was refused by a rule of " << A::Contract::name << ".");
    CHECK((codes.empty() || std::any_of(codes.begin(), codes.end(), came_about)));
  };
  [&]<class... A>(std::type_identity<std::tuple<A...>>) {
    (look_at(std::type_identity<A>{}), ...);
  }(std::type_identity<typename TestType::Aggregates>{});
}

TEST_CASE("generated histories of the chat are long, and often refused", "[laws][chat]") {
  std::set<std::string> codes;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<registry::chat> generated(seed, commands);
    for (const Asked& asked : generated.asked()) codes.insert(code_of(asked.verdict));
    CHECK(generated.log().size() > commands / 20);
    CHECK(generated.log().size() < generated.asked().size());
  }
  CHECK(codes.size() > 10);
}

}  // namespace crowbar::tests
