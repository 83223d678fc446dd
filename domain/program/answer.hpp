// The core's own answers, read again: what a verdict or a refusal says.
#pragma once

#include <optional>
#include <string_view>

#include "kernel/envelope.hpp"
#include "kernel/fault.hpp"
#include "kernel/typed_reader.hpp"
#include "program/input.hpp"

namespace crowbar::program {

/// `{"code","message","pointer"?,"params"?}`
struct Refusal {
  std::string_view code;
  std::string_view message;
  std::optional<std::string_view> pointer;
  std::optional<Raw> params;

  static constexpr auto describe() {
    return record<Refusal>("rejection", "Why not.",  //
                           field("code", &Refusal::code, "a frozen name"),
                           field("message", &Refusal::message, "a sentence for a person"),
                           field("pointer", &Refusal::pointer, "where in the input"),
                           field("params", &Refusal::params, "the values that the sentence names"));
  }
};

/// `{"accepted":false,"rejection":…}`
struct RefusedVerdict {
  bool accepted = false;
  Refusal rejection;

  static constexpr auto describe() {
    return record<RefusedVerdict>("verdict", "What was refused.",  //
                                  field("accepted", &RefusedVerdict::accepted, "false"),
                                  field("rejection", &RefusedVerdict::rejection, "why not"));
  }
};

/// One command with its own context, as `--with-context` reads them.
struct CommandInContext {
  Raw command;
  Raw context;

  static constexpr auto describe() {
    return record<CommandInContext>(
        "line", "A command and its circumstances.", field("command", &CommandInContext::command, "the command"),
        field("context", &CommandInContext::context, "who acts, when, and with what facts"));
  }
};

/// Reads `bytes` as one record. Its texts live in `arena` or in `bytes`.
template <class R>
bool read_whole(std::string_view bytes, Door door, std::size_t max_bytes, R& out, Arena& arena, Fault& fault) {
  arena.clear();
  fault = {};
  Reader reader(bytes, door, arena, fault);
  return reader.begin(max_bytes) && read_value(reader, out) && reader.finish();
}
template <class R>
bool read_answer(std::string_view bytes, R& out, Arena& arena) {
  Fault fault;
  return read_whole(bytes, Door::log, max_document_bytes, out, arena, fault);
}

inline bool is_accepted(std::string_view verdict) { return verdict.starts_with("{\"accepted\":true"); }

/// Is `code` one for which the caller's input is to blame, and no rule and no race?
inline bool is_malformed(std::string_view code) {
  for (int i = 1; i < fault_count; ++i) {
    const FaultDescription& fault = describe(static_cast<FaultCode>(i));
    if (fault.code == code) return fault.outcome == Outcome::malformed || fault.outcome == Outcome::too_large;
  }
  return false;
}

/// Calls `event(bytes)` for each event of an accepted verdict.
template <class Event>
void each_event(std::string_view verdict, Arena& arena, Event&& event) {
  VerdictEnvelope envelope;
  if (!read_answer(verdict, envelope, arena)) return;
  Fault fault;
  Reader events(envelope.events->bytes, Door::log, arena, fault);
  read_items(events, [&](std::uint32_t) {
    Raw one;
    events.skip_space();
    if (!events.raw(one)) return false;
    event(one.bytes);
    return true;
  });
}

}  // namespace crowbar::program
