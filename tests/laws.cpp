// What holds for every aggregate of every context, whatever its rules are.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "generated.hpp"
#include "random_record.hpp"
#include "registry/contexts.hpp"
#include "wire.hpp"

namespace crowbar::tests {
namespace {

constexpr std::uint64_t seeds = 12;
constexpr int commands = 1'000;

/// The streams of a generated history while it is walked through again.
template <class C>
class Walk {
 public:
  Handle stream(const std::string& name) {
    if (!open_.contains(name)) open_[name] = core_.open(name.substr(0, name.find('-')), name);
    return open_[name];
  }
  std::string decide(const Asked& asked) { return decide(asked, asked.command); }
  std::string decide(const Asked& asked, const std::string& command) {
    core_.decide(stream(asked.stream), command, asked.context);
    return std::string(core_.out());
  }
  std::string state(const std::string& name) {
    core_.snapshot(stream(name));
    return std::string(core_.out());
  }
  bool take(const Asked& asked) {
    const bool accepted = asked.verdict.starts_with("{\"accepted\":true");
    return !accepted || core_.apply(stream(asked.stream), asked.verdict);
  }
  Core<C>& core() { return core_; }

 private:
  Core<C> core_;
  std::map<std::string, Handle> open_;
};

template <class Visit>
void each_event_shape(Visit&& visit) {
  const auto all = [&]<class... T>(std::type_identity<T>...) { (visit(std::type_identity<T>{}), ...); };
  const auto of_aggregate = [&]<class A>(std::type_identity<A>) {
    [&]<class... E>(std::type_identity<std::variant<E...>>) {
      all(std::type_identity<E>{}...);
    }(std::type_identity<typename A::Contract::Event>{});
    [&]<class... E>(std::type_identity<std::tuple<E...>>) {
      all(std::type_identity<E>{}...);
    }(std::type_identity<typename A::Contract::Earlier>{});
  };
  const auto of_context = [&]<class C>(std::type_identity<C>) {
    [&]<class... A>(std::type_identity<std::tuple<A...>>) {
      (of_aggregate(std::type_identity<A>{}), ...);
    }(std::type_identity<typename C::Aggregates>{});
  };
  [&]<class... C>(std::type_identity<std::tuple<C...>>) {
    (of_context(std::type_identity<C>{}), ...);
  }(std::type_identity<registry::Contexts>{});
}

// A guess at canonical bytes takes integers of at most 15 digits and no sign; it leaves the rest to the other reader.
bool is_left_by_guesses(const std::string& document) {
  const nlohmann::json values = nlohmann::json::parse(document).flatten();
  return std::any_of(values.begin(), values.end(), [](const nlohmann::json& value) {
    return value.is_number_integer() && (value < 0 || value > 999'999'999'999'999);
  });
}

// The same document with its keys in another order, spaces between its tokens, and all that can be written as an
// escape.
std::string disguised(const std::string& document, Dice& dice) {
  const auto shuffled = [&](const auto& self, const nlohmann::ordered_json& value) -> nlohmann::ordered_json {
    if (value.is_array()) {
      nlohmann::ordered_json list = nlohmann::ordered_json::array();
      for (const auto& item : value) list.push_back(self(self, item));
      return list;
    }
    if (!value.is_object()) return value;
    std::vector<std::string> keys;
    for (const auto& [key, member] : value.items()) keys.push_back(key);
    for (std::size_t left = keys.size(); left > 1; --left) std::swap(keys[left - 1], keys[dice.below(left)]);
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const std::string& key : keys) object[key] = self(self, value.at(key));
    return object;
  };
  const bool spaced = dice.below(2) == 0;
  const bool escaped = dice.below(2) == 0;
  std::string text = shuffled(shuffled, nlohmann::ordered_json::parse(document)).dump(spaced ? 1 : -1, ' ', escaped);
  std::replace(text.begin(), text.end(), '\n', '\t');  // one line, whatever it is a line of
  return text;
}

}  // namespace

TEST_CASE("every event survives the wire", "[laws]") {
  each_event_shape([]<class E>(std::type_identity<E>) {
    INFO(description<E>.name);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      Arena arena;
      E event{};
      RandomRecord(seed, arena).fill(event);
      const std::string bytes = canonical(event);
      for (const bool guess : {true, false}) {
        Arena memory;
        Fault fault;
        Reader reader(bytes, Door::log, memory, fault);
        E read{};
        const bool done = guess ? speculate(reader, read) : read_value(reader, read);
        if (guess && !done && is_left_by_guesses(bytes)) continue;
        CHECK(done);
        CHECK(reader.finish());
        CHECK(canonical(read) == bytes);
      }
    }
  });
}

TEMPLATE_LIST_TEST_CASE("every command sent twice acts once", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<TestType> generated(seed, commands);
    Walk<TestType> walk;
    for (const Asked& asked : generated.asked()) {
      REQUIRE(walk.decide(asked) == asked.verdict);
      REQUIRE(walk.take(asked));
      const std::string again = walk.decide(asked);
      INFO(asked.command);
      INFO(again);
      const bool quiet = again.find("\"events\":[]") != std::string::npos || again.starts_with("{\"accepted\":false");
      CHECK(quiet);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("deciding changes nothing, and answers canonical JSON", "[laws]", registry::Contexts) {
  const Generated<TestType> generated(77, commands);
  Walk<TestType> walk;
  for (const Asked& asked : generated.asked()) {
    const std::string before = walk.state(asked.stream);
    const std::string verdict = walk.decide(asked);
    CHECK((walk.state(asked.stream) == before));
    CHECK(nlohmann::ordered_json::parse(verdict).dump() == verdict);
    REQUIRE(walk.take(asked));
  }
}

TEMPLATE_LIST_TEST_CASE("a verdict that is applied is a stream that is folded", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<TestType> generated(seed, commands);
    Walk<TestType> applied;
    for (const Asked& asked : generated.asked()) REQUIRE(applied.take(asked));
    Walk<TestType> folded;
    for (const auto& [stream, lines] : generated.streams()) {
      REQUIRE(folded.core().fold(folded.stream(stream), joined(lines)));
      CHECK((folded.state(stream) == applied.state(stream)));
      REQUIRE(folded.core().claims(folded.stream(stream)));
      const std::string claims(folded.core().out());
      REQUIRE(applied.core().claims(applied.stream(stream)));
      CHECK(applied.core().out() == claims);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a snapshot at any point and the rest make the whole", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<TestType> generated(seed, commands);
    for (const auto& [stream, lines] : generated.streams()) {
      Walk<TestType> walk;
      Walk<TestType> whole;
      REQUIRE(whole.core().fold(whole.stream(stream), joined(lines)));
      for (std::size_t point = 0; point <= lines.size(); point += 1 + lines.size() / 16) {
        const Handle before = walk.core().open(stream.substr(0, stream.find('-')), stream);
        const auto middle = lines.begin() + static_cast<std::ptrdiff_t>(point);
        REQUIRE(walk.core().fold(before, joined({lines.begin(), middle})));
        REQUIRE(walk.core().snapshot(before));
        const std::string taken(walk.core().out());
        const Handle restored = walk.core().restore(taken);
        REQUIRE(restored != 0);
        REQUIRE(walk.core().snapshot(restored));
        CHECK((walk.core().out() == taken));
        REQUIRE(walk.core().fold(restored, joined({middle, lines.end()})));
        REQUIRE(walk.core().snapshot(restored));
        CHECK((walk.core().out() == whole.state(stream)));
      }
    }
  }
}

TEMPLATE_LIST_TEST_CASE("whom a stream admits, its snapshot admits", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<TestType> generated(seed, commands);
    Walk<TestType> walk;
    const auto admitted = [&](Handle handle) {
      std::string answers;
      for (const char* actor : {"ada", "bob", "cleo", "eve", "s0", ""}) {
        REQUIRE(walk.core().admits(handle, actor));
        answers += walk.core().out();
        answers += ' ';
      }
      CHECK(answers.ends_with("false "));  // whoever has no id is nobody
      return answers;
    };
    for (const auto& [stream, lines] : generated.streams()) {
      const Handle folded = walk.stream(stream);
      for (const std::string& line : lines) {
        REQUIRE(walk.core().fold(folded, line));
        const std::string before = admitted(folded);
        REQUIRE(walk.core().snapshot(folded));
        const Handle restored = walk.core().restore(std::string(walk.core().out()));
        REQUIRE(restored != 0);
        CHECK(admitted(restored) == before);
        REQUIRE(walk.core().close(restored));
      }
    }
  }
}

TEMPLATE_LIST_TEST_CASE("a document means the same in every order of its keys", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    Generated<TestType> generated(seed, commands);
    Walk<TestType> walk;
    for (const Asked& asked : generated.asked()) {
      const std::string other = disguised(asked.command, generated.dice());
      INFO(other);
      CHECK(walk.decide(asked, other) == asked.verdict);
      REQUIRE(walk.take(asked));
    }
    Walk<TestType> folded;
    for (const std::string& event : generated.log()) {
      const std::string other = disguised(event, generated.dice());
      INFO(other);
      CHECK(folded.core().fold(folded.stream(text_at(event, "stream")), other));
    }
    for (const auto& [stream, lines] : generated.streams()) CHECK((folded.state(stream) == walk.state(stream)));
  }
}

TEMPLATE_LIST_TEST_CASE("a document that is damaged is refused alike by both readers", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    Generated<TestType> generated(seed, commands / 3);
    Dice& dice = generated.dice();
    Walk<TestType> walk;
    for (const Asked& asked : generated.asked()) {
      for (int damages = 0; damages < 10; ++damages) {
        std::string damaged = asked.command;
        static constexpr std::string_view bytes = "\"\\{}[],:0-1e.ntf /u\x01\x7F\x80\xC3\xED\xEF\xF4";
        const std::size_t at = 1 + dice.below(damaged.size() - 1);
        if (dice.below(3) == 0)
          damaged.erase(at, 1 + dice.below(4));
        else
          damaged[at] = dice.one_of(bytes);
        const std::string general = concat("{ ", damaged.substr(1));  // not our own layout: the general reader's
        const std::string one = walk.decide(asked, damaged);
        const std::string other = walk.decide(asked, general);
        INFO(damaged);
        CHECK(code_of(one) == code_of(other));
        CHECK(text_at(one, "pointer") == text_at(other, "pointer"));
        if (code_of(one).empty()) CHECK(one == other);
      }
      REQUIRE(walk.take(asked));
    }
  }
}

TEMPLATE_LIST_TEST_CASE("many commands are decided as one by one", "[laws]", registry::Contexts) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const Generated<TestType> generated(seed, commands);
    Walk<TestType> one;
    Walk<TestType> many;
    for (const Asked& asked : generated.asked()) {
      const std::string twice = concat(asked.command, "\n", asked.command, "\n");
      REQUIRE(one.take(asked));
      const std::string again = one.decide(asked);
      REQUIRE(many.core().decide_many(many.stream(asked.stream), twice, asked.context));
      CHECK(many.core().out() == concat(asked.verdict, "\n", again, "\n"));
    }
    for (const auto& [stream, lines] : generated.streams()) CHECK((many.state(stream) == one.state(stream)));
  }
}

}  // namespace crowbar::tests
