// given / when / then over the rules themselves: typed commands, events and rejections, no JSON on the way.
//
//   given(general_created_by_ada).when(bob, SendMessage{{"m1"}, "hi"}).rejected(Rejection::not_a_member);
//   given(general_with_bob).when(bob, SendMessage{{"m1"}, " hi "}).then(MessageSent{{"m1"}, "hi", {}});
//   given(general_with_bob).when(bob, JoinChannel{}).unchanged();
#pragma once

#include <catch2/catch.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kernel/rules.hpp"

namespace crowbar::tests {

/// The hour at which everything happens that says no other: 2024-02-29T12:00:00Z.
inline constexpr Instant noon{1'709'208'000'000};

/// One thing that happened, as the stream remembers it.
template <class A>
struct Happened {
  typename A::Contract::Event event;
  ActorId actor;
  Instant at;
};

/// What happened in one stream of the aggregate `A`, in order. Its texts live as long as their literals.
template <class A>
class History {
 public:
  /// `id` is the stream's name without the aggregate's. Nothing has happened yet.
  explicit History(std::string_view id) : id_(id) {}

  /// This history and one more event.
  [[nodiscard]] History by(ActorId actor, typename A::Contract::Event event, Instant at = noon) const {
    History longer = *this;
    longer.events_.push_back({std::move(event), actor, at});
    return longer;
  }

  std::string_view id() const { return id_; }
  const std::vector<Happened<A>>& events() const { return events_; }

  typename A::State state() const {
    typename A::State state;
    std::int64_t version = 0;
    for (const auto& [event, actor, at] : events_) {
      const Recorded recorded{id_, ++version, at, actor};
      std::visit([&](const auto& e) { evolve(state, e, recorded); }, event);
    }
    return state;
  }

 private:
  std::string_view id_;
  std::vector<Happened<A>> events_;
};

/// The parts, one after the other. (Not a sum: g++ 12 sees an overlap in `literal + temporary` where there is none.)
template <class... Part>
std::string concat(const Part&... parts) {
  std::string whole;
  (whole.append(std::string_view(parts)), ...);
  return whole;
}

/// A place in a test, so that a failure names the test's line and not the kit's.
struct Place {
  const char* file;
  int line;
};

/// `message_sent {"messageId":"m1","text":"hi"}`
template <Described R>
std::string in_words(const R& record) {
  Bytes out;
  out.append(description<R>.name);
  out.push(' ');
  write_value(out, record);
  return std::string(out.view());
}

template <class T>
std::string value_in_words(const T& value) {
  Bytes out;
  if constexpr (requires { value.has_value(); }) {
    if (!value) return "nothing";
    write_value(out, *value);
  } else {
    write_value(out, value);
  }
  return std::string(out.view());
}

/// What a command led to, to be asked once what was wanted. Each question answers the outcome again, for a further one.
template <class A>
class Outcome {
 public:
  using Event = typename A::Contract::Event;
  using Rejection = typename A::Contract::Rejection;
  using Decided = Decision<Event, Rejection>;

  Outcome(Decided decision, std::vector<std::string> claims, std::string story, Place place)
      : decision_(std::move(decision)), claims_(std::move(claims)), story_(std::move(story)), place_(place) {}

  /// It is accepted, and these are its events.
  template <class... E>
  requires(sizeof...(E) > 0) const Outcome& then(E... events) const {
    return report(unlike(std::vector<Event>{Event{events}...}));
  }
  /// It is accepted, and nothing happens.
  const Outcome& unchanged() const { return report(unlike(std::vector<Event>{})); }
  /// A rule says no. Where a reason is given, it points to the same member and names the same numbers.
  const Outcome& rejected(Rejection rejection, std::optional<Reason> reason = {}) const {
    return report(unlike(rejection, reason));
  }
  /// Its claims are these, such as "take channel-name:general".
  const Outcome& claiming(std::initializer_list<std::string> claims) const {
    return report(unlike_claims(std::vector<std::string>(claims)));
  }

  // What is said where it is another one; empty where it is the one wanted.

  std::string unlike(const std::vector<Event>& wanted) const {
    std::string differences;
    bool same = decision_.accepted() && decision_.size() == wanted.size();
    for (std::uint32_t i = 0; same && i < wanted.size(); ++i) differences += difference(wanted[i], decision_[i]);
    same = same && differences.empty();
    return same ? "" : story(wanted.empty() ? "unchanged" : all(wanted), got()) + differences;
  }
  std::string unlike(Rejection wanted, const std::optional<Reason>& reason = {}) const {
    if (decision_.accepted() || decision_.rejection() != wanted) return story(code(wanted), got());
    const Reason& got = decision_.reason();
    if (!reason) return "";
    if (got.pointer == reason->pointer && got.limit == reason->limit && got.actual == reason->actual) return "";
    return story(code(wanted) + in_words(*reason), code(wanted) + in_words(got));
  }
  std::string unlike_claims(const std::vector<std::string>& wanted) const {
    return claims_ == wanted ? "" : story(listed(wanted), listed(claims_));
  }

 private:
  static std::string code(Rejection rejection) { return std::string(describe(rejection).code); }
  static std::string in_words(const Reason& reason) {
    return concat(" at \"", reason.pointer, "\", limit ", std::to_string(reason.limit), ", actual ",
                  std::to_string(reason.actual));
  }
  static std::string in_words(const Event& event) {
    return std::visit([](const auto& e) { return tests::in_words(e); }, event);
  }
  static std::string all(const std::vector<Event>& events) {
    std::string words;
    for (const Event& event : events) words += concat(words.empty() ? "" : "\n        ", in_words(event));
    return words;
  }
  static std::string listed(const std::vector<std::string>& claims) {
    std::string words;
    for (const std::string& claim : claims) words += (words.empty() ? "" : ", ") + claim;
    return words.empty() ? "no claims" : words;
  }
  std::string got() const {
    if (!decision_.accepted()) return code(decision_.rejection());
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < decision_.size(); ++i) events.push_back(decision_[i]);
    return events.empty() ? "unchanged" : all(events);
  }
  std::string story(const std::string& wanted, const std::string& got) const {
    return concat(story_, "\nwanted  ", wanted, "\ngot     ", got);
  }

  // Member by member, where both are of one type.
  static std::string difference(const Event& wanted, const Event& got) {
    if (wanted.index() != got.index()) return "\n        another event";
    return std::visit(
        [&]<class E>(const E& event) {
          std::string words;
          each_field<E>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
            constexpr auto& field = field_of<E, I>;
            const std::string want = value_in_words(event.*(field.member));
            const std::string have = value_in_words(std::get<E>(got).*(field.member));
            if (want != have) {
              words += concat("\n        ", field.name, ": wanted ", want, ", got ", have);
            }
            return true;
          });
          return words;
        },
        wanted);
  }

  const Outcome& report(const std::string& words) const {
    const Catch::SourceLineInfo line(place_.file, static_cast<std::size_t>(place_.line));
    Catch::AssertionHandler handler("given", line, {}, Catch::ResultDisposition::ContinueOnFailure);
    handler.handleMessage(words.empty() ? Catch::ResultWas::Ok : Catch::ResultWas::ExplicitFailure, words);
    handler.complete();
    return *this;
  }

  Decided decision_;
  std::vector<std::string> claims_;
  std::string story_;
  Place place_;
};

/// A stream to which something happened, waiting for a command.
template <class A>
class Scenario {
 public:
  Scenario(const History<A>& history, Place place) : history_(history), place_(place) {}

  /// What the server found out for the rules.
  [[nodiscard]] Scenario knowing(typename A::Facts facts) const {
    Scenario scenario = *this;
    scenario.facts_ = std::move(facts);
    return scenario;
  }

  template <Described C>
  [[nodiscard]] Outcome<A> when(ActorId actor, const C& command, Instant at = noon) const {
    const typename A::State state = history_.state();
    auto decision = decide(command, state, Context<typename A::Facts>{history_.id(), at, actor, facts_});
    std::vector<std::string> claims;
    for (std::uint32_t i = 0; decision.accepted() && i < decision.size(); ++i) {
      std::visit([&](const auto& event) { note_claims(event, state, claims); }, decision[i]);
    }
    std::string story = concat("given   ", A::Contract::name, "-", history_.id());
    for (const Happened<A>& one : history_.events()) {
      const std::string words = std::visit([](const auto& event) { return in_words(event); }, one.event);
      story += concat("\n        ", one.actor.value, ": ", words);
    }
    story += concat("\nwhen    ", actor.value, ": ", in_words(command));
    return {std::move(decision), std::move(claims), std::move(story), place_};
  }

 private:
  template <class E>
  static void note_claims(const E& event, const typename A::State& state, std::vector<std::string>& out) {
    if constexpr (requires(Claims claims) { claim(claims, event, state); }) {
      Claims claims;
      claim(claims, event, state);
      for (const Claim& one : claims) out.push_back((one.take ? "take " : "release ") + claim_key(one));
    }
  }

  History<A> history_;
  Place place_;
  typename A::Facts facts_{};
};

/// Begins a specification. The compiler fills in the place.
template <class A>
[[nodiscard]] Scenario<A> given(const History<A>& history, const char* file = __builtin_FILE(),
                                int line = __builtin_LINE()) {
  return {history, {file, line}};
}

}  // namespace crowbar::tests
