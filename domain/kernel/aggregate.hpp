// What an aggregate is, and the one who keeps its state: open, fold, decide, evolve, snapshot, restore.
//
// An aggregate `A` is a struct of names:  A::Contract  { name, Command, Event, Earlier, Rejection }
//                                         A::State     what its rules ask
//                                         A::Facts     what its rules ask the server to find out
// and these functions beside its State:   Decision decide(const C&, const State&, const Context<Facts>&)   per command
//                                         void evolve(State&, const E&, const Recorded&)                    per event
//                                         E upcast(const Old&)                                              per earlier shape
//                                         void archive(auto& io, State&)                                    for snapshots
// and where they apply:                   void claim(Claims&, const E&, const State& before)
//                                         std::uint32_t position(const State&, std::string_view entity)
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kernel/archive.hpp"
#include "kernel/command_reader.hpp"
#include "kernel/event_reader.hpp"
#include "kernel/refusal.hpp"

namespace crowbar {

namespace detail {
// The aggregate's functions by their bare names: inside Instance its own members of the same names would hide them.
template <class C, class S, class X>
auto rule_of(const C& command, const S& state, const X& context) {
  return decide(command, state, context);
}
template <class S, class E>
void evolve_state(S& state, const E& event, const Recorded& recorded) {
  evolve(state, event, recorded);
}
template <class E>
inline constexpr auto event_type = [] {  // `"type":"…","schema":n,`
  constexpr auto& described = description<E>;
  constexpr std::string_view before = "\"type\":\"";
  constexpr std::string_view between = "\",\"schema\":";
  static_assert(described.schema < 10);
  std::array<char, before.size() + described.name.size() + between.size() + 2> text{};
  char* to = text.data();
  for (const std::string_view part : {before, described.name, between}) {
    for (const char c : part) *to++ = c;
  }
  *to++ = static_cast<char>('0' + described.schema);
  *to = ',';
  return text;
}();
}  // namespace detail

/// The key of a claim as the store knows it.
inline std::string claim_key(const Claim& claim) {
  std::string key(claim.space);
  key += ':';
  key += claim.name;
  return key;
}

/// The state of one stream, and the rules that ask it.
template <class A>
class Instance {
 public:
  using Contract = typename A::Contract;
  using Event = typename Contract::Event;

  /// `stream` is the whole name of the stream. Nothing has happened in it yet.
  explicit Instance(std::string_view stream) : stream_(stream) {}

  std::string_view stream() const { return stream_; }
  std::string_view stream_id() const { return std::string_view(stream_).substr(Contract::name.size() + 1); }
  std::int64_t version() const { return version_; }
  const typename A::State& state() const { return state_; }
  /// The claims that the stream holds now.
  const std::vector<std::string>& claims() const { return claims_; }

  /// Folds stored events (NDJSON), in order. Where one cannot be folded, those before it are, and the fault says why.
  Fault fold(std::string_view events) {
    Fault fault;
    each_line(events, scratch_, max_event_bytes, fault, [&](Reader& reader) { return fold_next(reader); });
    return fault;
  }

  /// Decides one command and writes the canonical verdict. The state stays as it is. `context` has been read.
  void decide(std::string_view command, ContextReader& context, std::string_view domain, Bytes& out) {
    decide_then(command, context, domain, out, [](const auto&, const auto&) {});
  }

  /// Decides commands (NDJSON), each on the state that the accepted ones before it have left; a verdict a line.
  void decide_many(std::string_view commands, ContextReader& context, std::string_view domain, Bytes& out) {
    const auto evolve_all = [&](const auto& decision, const ContextEnvelope& envelope) {
      for (std::uint32_t i = 0; i < decision.size(); ++i) {
        const Recorded recorded{stream_id(), version_ + 1, envelope.at, envelope.actor.id};
        std::visit([&](const auto& event) { evolve_one(event, recorded); }, decision[i]);
      }
    };
    while (!commands.empty()) {
      const std::size_t end = std::min(commands.find('\n'), commands.size());
      const std::string_view line = commands.substr(0, end);
      commands.remove_prefix(std::min(end + 1, commands.size()));
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      decide_then(line, context, domain, out, evolve_all);
      out.push('\n');
    }
  }

  /// Folds the events of an accepted verdict.
  Fault apply(std::string_view verdict) {
    scratch_.clear();
    Reader reader(verdict, scratch_);
    VerdictEnvelope envelope;
    if (!reader.begin(max_document_bytes) || !read<Door::log>(reader, envelope) || !reader.finish()) {
      return std::move(reader.fault());
    }
    Fault fault;
    if (!envelope.accepted) fault.code = FaultCode::not_a_verdict;
    if (!fault && envelope.stream.value != stream_) fault = foreign(envelope.stream.value);
    if (fault) return fault;
    Reader events = reader.inside(envelope.events);
    read_items(events, [&](std::uint32_t) { return fold_next(events); });
    return std::move(events.fault());
  }

  void snapshot(Bytes& out) {
    Saver save(out);
    save(version_);
    save.list(claims_, [](Saver& io, const std::string& key) { io(std::string_view(key)); });
    archive(save, state_);
  }
  /// Takes over what `snapshot` wrote; false where the bytes cannot be that.
  bool restore(Loader& load) {
    load(version_);
    load.list(claims_, [](Loader& io, std::string& key) { io(key); });
    archive(load, state_);
    return load.ok() && load.at_end() && version_ >= 0 && consistent(state_);
  }

 private:
  bool fold_next(Reader& reader) {
    EventEnvelope envelope;
    return read_event(reader, envelope, [&](Reader& data, const EventEnvelope& event, auto&& close) {
      if (event.stream.value != stream_) {
        data.fault() = foreign(event.stream.value);
        return false;
      }
      if (event.version != version_ + 1) {
        data.fault() = gap(stream_, version_ + 1, event.version);
        return false;
      }
      const Recorded recorded{stream_id(), event.version, event.at, event.actor.id};
      return read_event_data<Contract>(data, event, close, [&](const auto& e) { evolve_one(e, recorded); });
    });
  }

  template <class E>
  void evolve_one(const E& event, const Recorded& recorded) {
    if constexpr (requires(Claims claims) { claim(claims, event, state_); }) {
      Claims claims;
      claim(claims, event, std::as_const(state_));
      for (const Claim& one : claims) {
        if (one.take) {
          claims_.push_back(claim_key(one));
        } else {
          std::erase(claims_, claim_key(one));
        }
      }
    }
    detail::evolve_state(state_, event, recorded);
    version_ = recorded.version;
  }

  // Reads, decides and writes the verdict; where it is accepted, `accepted(decision, context)` is called after that.
  template <class Accepted>
  void decide_then(std::string_view bytes, ContextReader& context, std::string_view domain, Bytes& out,
                   Accepted&& accepted) {
    scratch_.clear();
    Reader reader(bytes, scratch_);
    const bool read = read_command<Contract>(reader, stream_, [&](const auto& command, const CommandEnvelope& envelope) {
      if (envelope.expected_version && *envelope.expected_version != version_) {
        Fault conflict;
        conflict.code = FaultCode::version_conflict;
        conflict.name = stream_;
        conflict.expected = *envelope.expected_version;
        conflict.actual = version_;
        return write_refused(out, conflict);
      }
      typename A::Facts facts{};
      if (!context.facts(facts, scratch_)) return write_refused(out, context.fault());
      const ContextEnvelope& given = context.envelope();
      const Context<typename A::Facts> circumstances{stream_id(), given.at, given.actor.id, facts};
      const auto decision = detail::rule_of(command, state_, circumstances);
      if (!decision.accepted()) return write_rejected(out, decision, given.actor.id.value);
      write_accepted(out, decision, envelope.id.value, context.stamp(), domain);
      accepted(decision, given);
    });
    if (!read) write_refused(out, reader.fault());
  }

  template <class Decision>
  void write_rejected(Bytes& out, const Decision& decision, std::string_view actor) const {
    const auto& described = describe(decision.rejection());
    out.append("{\"accepted\":false,\"rejection\":");
    write_rejection(out, described.code, described.sentence, decision.reason(), stream_, actor);
    out.push('}');
  }

  // Ids, the stream and the domain have no byte that JSON escapes, so they are written as they are.
  template <class Decision>
  void write_accepted(Bytes& out, const Decision& decision, std::string_view command, std::string_view stamp,
                      std::string_view domain) const {
    out.append("{\"accepted\":true,\"stream\":\"");
    out.append(stream_);
    out.append("\",\"version\":");
    write_integer(out, version_ + decision.size());
    out.append(",\"events\":[");
    for (std::uint32_t i = 0; i < decision.size(); ++i) {
      out.append(i == 0 ? "{\"id\":\"" : ",{\"id\":\"");
      out.append(command);
      out.push('.');
      write_integer(out, i);
      out.append("\",\"stream\":\"");
      out.append(stream_);
      out.append("\",\"version\":");
      write_integer(out, version_ + 1 + i);
      out.push(',');
      std::visit(
          [&]<class E>(const E& event) {
            out.append({detail::event_type<E>.data(), detail::event_type<E>.size()});
            out.append(stamp);
            out.append(",\"command\":\"");
            out.append(command);
            out.append("\",\"domain\":\"");
            out.append(domain);
            out.append("\",\"data\":");
            write_value(out, event);
          },
          decision[i]);
      out.push('}');
    }
    out.push(']');
    write_claims(out, decision);
    out.push('}');
  }

  template <class Decision>
  void write_claims(Bytes& out, const Decision& decision) const {
    bool any = false;
    for (std::uint32_t i = 0; i < decision.size(); ++i) {
      const auto write = [&](const auto& event) {
        if constexpr (requires(Claims claims) { claim(claims, event, state_); }) {
          Claims claims;
          claim(claims, event, state_);
          for (const Claim& one : claims) {
            out.append(any ? "," : ",\"claims\":[");
            any = true;
            out.append("{\"key\":");
            write_text(out, claim_key(one));
            out.append(one.take ? ",\"action\":\"take\",\"rejection\":\"" : ",\"action\":\"release\"");
            if (one.take) {
              out.append(one.rejection);
              out.push('"');
            }
            out.push('}');
          }
        }
      };
      std::visit(write, decision[i]);
    }
    if (any) out.push(']');
  }

  std::string stream_;
  std::int64_t version_ = 0;
  typename A::State state_;
  std::vector<std::string> claims_;
  Arena scratch_;
};

}  // namespace crowbar
