// From the bytes of a command and its context to what a rule is asked with.
#pragma once

#include <string>
#include <tuple>
#include <variant>

#include "kernel/event_reader.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// A context, read once and kept: one context often serves many commands.
class ContextReader {
 public:
  /// Reads `bytes`, unless they are those of the last time. False, with `fault()`, where they are no context.
  bool read(std::string_view bytes) {
    if (read_ && bytes == bytes_) return true;
    bytes_ = bytes;
    arena_.clear();
    fault_ = {};
    envelope_ = {};
    Reader reader(bytes_, arena_);
    read_ = reader.begin(max_command_bytes) && crowbar::read<Door::command>(reader, envelope_) && reader.finish();
    if (!read_) {
      reader.within("context");
      fault_ = std::move(reader.fault());
      return false;
    }
    stamp_.clear();
    stamp_.append("\"at\":");
    write_value(stamp_, envelope_.at);
    stamp_.append(",\"actor\":");
    if (!envelope_.actor.roles) envelope_.actor.roles.emplace();
    write_value(stamp_, envelope_.actor);
    return true;
  }

  /// The facts as the record `Facts`; those that it does not know are for other rules.
  template <class Facts>
  bool facts(Facts& out, Arena& arena) {
    if (!envelope_.facts) return true;
    Reader whole(bytes_, arena);
    Reader reader = whole.inside(*envelope_.facts);
    if (crowbar::read<Door::log>(reader, out)) return true;
    reader.within("facts");
    reader.within("context");
    fault_ = std::move(reader.fault());
    return false;
  }

  const ContextEnvelope& envelope() const { return envelope_; }
  /// `"at":…,"actor":{…}` as it stands in each event.
  std::string_view stamp() const { return stamp_.view(); }
  const Fault& fault() const { return fault_; }

 private:
  std::string bytes_;
  Arena arena_;
  ContextEnvelope envelope_;
  Bytes stamp_;
  Fault fault_;
  bool read_ = false;
};

inline Fault foreign(std::string_view stream) {
  Fault fault;
  fault.code = FaultCode::foreign_stream;
  fault.name = stream;
  return fault;
}
inline Fault gap(std::string_view stream, std::int64_t expected, std::int64_t actual) {
  Fault fault;
  fault.code = FaultCode::version_gap;
  fault.name = stream;
  fault.expected = expected;
  fault.actual = actual;
  return fault;
}

/// Reads a command of `Contract` for `stream` and hands it to `visit(command, envelope)`. False, with a fault, where it
/// is malformed, of another stream, or unknown.
template <class Contract, class Visit>
bool read_command(Reader& reader, std::string_view stream, Visit&& visit) {
  if (!reader.begin(max_command_bytes)) return false;
  const Reader::Mark mark = reader.mark();
  CommandEnvelope envelope;
  const auto is = [&]<class C>(std::type_identity<C>) { return envelope.type == description<C>.name; };
  bool done = false;
  constexpr std::size_t last = description<CommandEnvelope>.size - 1;
  if (reader.descend() && speculate_members<Door::command, 1>(reader, envelope) && envelope.stream.value == stream &&
      reader.match(',') && reader.match(key_of<CommandEnvelope, last>)) {
    Each<typename Contract::Command>::first(is, [&]<class C>(std::type_identity<C>) {
      C command{};
      if (!speculate<Door::command>(reader, command) || !reader.match('}') || !reader.finish()) return;
      visit(command, envelope);
      done = true;
    });
    if (done) return true;
  }

  reader.reset(mark);
  envelope = {};
  if (!read_value(reader, envelope, Door::command) || !reader.finish()) return false;
  if (envelope.stream.value != stream) {
    reader.fault() = foreign(envelope.stream.value);
    reader.fault().pointer = "/stream";
    return false;
  }
  const auto read_as = [&]<class C>(std::type_identity<C>) {
    C command{};
    Reader data = reader.inside(envelope.data);
    if (read_value(data, command, Door::command)) {
      visit(command, envelope);
      done = true;
    } else {
      data.within("data");
      reader.fault() = std::move(data.fault());
    }
  };
  if (Each<typename Contract::Command>::first(is, read_as)) return done;
  reader.fault().code = FaultCode::unknown_type;
  reader.fault().name = envelope.type;
  reader.fault().pointer = "/type";
  return false;
}

}  // namespace crowbar
