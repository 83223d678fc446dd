// An aggregate's types behind a table of functions, so that all that does not depend on them is compiled once.
//
// An aggregate `A` is a struct of names:  A::Contract  { name, Command, Event, Earlier, Rejection }
//                                         A::State     what its rules ask
//                                         A::Facts     what its rules ask the server to find out
// and these functions beside its State:   Decision decide(const C&, const State&, const Context<Facts>&)   per command
//                                         void evolve(State&, const E&, const Recorded&)                    per event
//                                         E upcast(const Old&)                                              per earlier
//                                         shape void archive(auto& io, State&), bool consistent(const State&)     for
//                                         snapshots
// and where they apply:                   void claim(Claims&, const E&, const State& before)
//                                         std::uint32_t position(const State&, Text entity)
//                                         bool admits(const State&, Text stream_id, ActorId reader)   may they read the
//                                         stream? Without it, nobody may
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/archive.hpp"
#include "kernel/command_reader.hpp"
#include "kernel/decision.hpp"
#include "kernel/verdict.hpp"

namespace crowbar {

/// What the kernel asks of an aggregate; `state` is its A::State.
struct Rules {
  std::string_view aggregate;
  std::span<const Shape> events;  ///< every shape of event that the aggregate reads
  void* (*make)();
  void (*destroy)(void* state);
  /// Reads the data of one event and evolves the state; `held` takes and gives back its claims.
  bool (*fold)(void* state, EventReader& event, const Recorded& recorded, Held& held);
  /// Reads the data of one command, decides it and fills the verdict. Where `held` is given the state takes the events
  /// and `held` their claims.
  void (*decide)(void* state, CommandReader& command, ContextReader& context, Arena& arena, Verdict& verdict,
                 Bytes& out, Held* held);
  void (*save)(const void* state, Saver& io);
  bool (*load)(void* state, Loader& io);
  std::int64_t (*position)(const void* state, Text entity);
  bool (*admits)(const void* state, Text stream_id, ActorId reader);
};

namespace detail {

// The aggregate's functions by their bare names, found where their arguments live.
template <class C, class S, class X>
auto rule_of(const C& command, const S& state, const X& context) {
  return decide(command, state, context);
}
template <class S, class E>
void evolve_state(S& state, const E& event, const Recorded& recorded) {
  evolve(state, event, recorded);
}

template <class S, class Event>
Claims claims_of(const S& state, const Event& event) {
  Claims claims;
  use_alternative(event, [&](const auto& e) {
    if constexpr (requires { claim(claims, e, state); }) claim(claims, e, state);
  });
  return claims;
}

template <class A>
struct Typed {
  using Contract = typename A::Contract;
  using State = typename A::State;
  using Event = typename Contract::Event;
  using Decision = crowbar::Decision<Event, typename Contract::Rejection>;

  static bool fold(void* state, EventReader& reader, const Recorded& recorded, Held& held) {
    Event event;
    if (!reader.data(shapes_of<Event, typename Contract::Earlier>, &event)) return false;
    take(*static_cast<State*>(state), event, recorded, held);
    return true;
  }

  // Claims are asked of the state before the event, and may name what the event overwrites: so they are kept first.
  static void take(State& state, const Event& event, const Recorded& recorded, Held& held) {
    use_alternative(event, [&](const auto& e) {
      if constexpr (requires(Claims claims) { claim(claims, e, std::as_const(state)); }) {
        Claims claims;
        claim(claims, e, std::as_const(state));
        keep(claims, held);
      }
      evolve_state(state, e, recorded);
    });
  }

  static void decide(void* erased, CommandReader& reader, ContextReader& context, Arena& arena, Verdict& verdict,
                     Bytes& out, Held* held) {
    State& state = *static_cast<State*>(erased);
    typename Contract::Command command;
    typename A::Facts facts{};
    const Asking asking{shapes_of<typename Contract::Command>, &command, members_of<typename A::Facts>, &facts};
    if (!verdict.asks(asking, reader, context, arena, out)) return;
    const ContextEnvelope& given = context.envelope();
    const Context<typename A::Facts> circumstances{verdict.stream_id(), given.at, given.actor.id, facts};
    const Decision decision = decided<0>(command, state, circumstances);
    answer(state, decision, reader, context, verdict, out);
    if (held == nullptr) return;
    for (std::uint32_t i = 0; i < decision.size(); ++i) take(state, decision[i], verdict.next(given), *held);
  }

  // Answers what the rule answers, in its place: a decision is too much to be moved.
  template <std::size_t I>
  static Decision decided(const typename Contract::Command& command, const State& state,
                          const Context<typename A::Facts>& circumstances) {
    if constexpr (I + 1 < std::variant_size_v<typename Contract::Command>) {
      if (command.index() != I) return decided<I + 1>(command, state, circumstances);
    }
    return rule_of(*std::get_if<I>(&command), state, circumstances);
  }

  static void answer(const State& state, const Decision& decision, CommandReader& reader, ContextReader& context,
                     const Verdict& verdict, Bytes& out) {
    if (!decision.accepted()) {
      const auto& described = describe(decision.rejection());
      return verdict.reject(out, described.code, described.sentence, decision.reason(), context);
    }
    verdict.begin(out, decision.size());
    for (std::uint32_t i = 0; i < decision.size(); ++i) {
      const WriteShape& shape = write_shapes_of<Event>[decision[i].index()];
      verdict.event(out, i, shape, record_in(decision[i]), reader.envelope(), context);
    }
    bool any = false;
    for (std::uint32_t i = 0; i < decision.size(); ++i) verdict.claims(out, claims_of(state, decision[i]), any);
    verdict.end(out);
  }

  static std::int64_t position_of(const void* state, Text entity) {
    if constexpr (requires(const State& s) { position(s, entity); }) {
      return position(*static_cast<const State*>(state), entity);
    } else {
      return -1;
    }
  }

  static bool is_admitted(const void* state, [[maybe_unused]] Text stream_id, [[maybe_unused]] ActorId reader) {
    if constexpr (requires(const State& s) { admits(s, stream_id, reader); }) {
      return admits(*static_cast<const State*>(state), stream_id, reader);
    } else {
      return false;
    }
  }

  static constexpr Rules rules{
      Contract::name,
      shapes_of<Event, typename Contract::Earlier>,
      [] { return static_cast<void*>(new State()); },
      [](void* state) { delete static_cast<State*>(state); },
      &fold,
      &decide,
      [](const void* state, Saver& io) { archive(io, *static_cast<const State*>(state)); },
      [](void* state, Loader& io) {
        State& loaded = *static_cast<State*>(state);
        archive(io, loaded);
        return io.ok() && io.at_end() && consistent(loaded);
      },
      &position_of,
      &is_admitted,
  };
};
}  // namespace detail

/// The rules of the aggregate `A`.
template <class A>
inline constexpr const Rules& rules_of = detail::Typed<A>::rules;

}  // namespace crowbar
