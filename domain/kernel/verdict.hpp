// How a verdict is written, whatever the aggregate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/command_reader.hpp"
#include "kernel/decision.hpp"
#include "kernel/refusal.hpp"

namespace crowbar {

/// The keys of the claims that a stream holds.
using Held = std::vector<std::string>;

/// The key of a claim as the store knows it.
std::string claim_key(const Claim& claim);
/// Adds what `claims` take to `held`, and removes what they release.
void keep(const Claims& claims, Held& held);

/// Where a rule finds what it is asked with, and how that is read.
struct Asking {
  const std::span<const Shape>& shapes;
  void* command;
  std::span<const Member> members;
  void* facts;
};

/// The verdict on one command for a stream that is at `version`.
class Verdict {
 public:
  Verdict(Text stream, Text stream_id, std::int64_t& version, Text domain)
      : stream_(stream), stream_id_(stream_id), version_(version), domain_(domain) {}

  std::string_view stream_id() const { return stream_id_; }
  /// An accepted verdict is written so, and not as JSON.
  void write_fields(FieldWriter& writer) { fields_ = &writer; }

  /// Reads what a rule is asked with. Where it is malformed, or the stream is not where the command expects it, that is
  /// written, and no rule is asked.
  bool asks(const Asking& asking, CommandReader& reader, ContextReader& context, Arena& arena, Bytes& out) const;
  void reject(Bytes& out, Text code, Text sentence, const Reason& reason, const ContextReader& context) const;

  void begin(Bytes& out, std::uint32_t events) const;
  void event(Bytes& out, std::uint32_t index, const WriteShape& shape, const void* event,
             const CommandEnvelope& command, const ContextReader& context) const;
  void claims(Bytes& out, const Claims& claims, bool& any) const;
  /// Closes the list that was written last, of events or of claims, and the verdict.
  void end(Bytes& out) const;

  /// The stream moves on by one event, which is recorded so.
  Recorded next(const ContextEnvelope& context) { return {stream_id_, ++version_, context.at, context.actor.id}; }

 private:
  std::string_view stream_;
  std::string_view stream_id_;
  std::int64_t& version_;
  std::string_view domain_;
  FieldWriter* fields_ = nullptr;
};

}  // namespace crowbar
