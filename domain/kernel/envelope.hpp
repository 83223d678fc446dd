// What stands around a command, a context, an event and a verdict, whatever the aggregate.
#pragma once

#include <optional>
#include <string_view>

#include "kernel/description.hpp"
#include "kernel/value.hpp"

namespace crowbar {

struct AnyActor;
using ActorId = Id<AnyActor>;

/// Who acts, as the server knows them from their token.
struct Actor {
  ActorId id;
  std::optional<List<std::string_view>> roles;

  static constexpr auto describe() {
    return record<Actor>("actor", "Who acts.",  //
                         field("id", &Actor::id, "the signed-in person"),
                         field("roles", &Actor::roles, "what else the token says they are"));
  }
};

/// What a client sends.
struct CommandEnvelope {
  Uuid id;
  StreamName stream;
  std::string_view type;
  std::optional<std::int64_t> expected_version;
  Raw data;

  static constexpr auto describe() {
    return record<CommandEnvelope>(
        "command", "What a client wants to happen.",
        field("id", &CommandEnvelope::id, "made by the client, once, for ever: a retry carries the same"),
        field("stream", &CommandEnvelope::stream, "`<aggregate>-<id>`"),
        field("type", &CommandEnvelope::type, "which command"),
        field("expectedVersion", &CommandEnvelope::expected_version, integer(0, max_integer),
              "decide only if the stream is at this version; 0 means that it does not exist yet"),
        field("data", &CommandEnvelope::data, "as the command's type says"));
  }
};

/// What only a server makes; a client's own decide uses a provisional one.
struct ContextEnvelope {
  Instant at;
  Actor actor;
  std::optional<Raw> facts;

  static constexpr auto describe() {
    return record<ContextEnvelope>("context", "The circumstances of a decision.",  //
                                   field("at", &ContextEnvelope::at, "the server's clock, ms since 1970"),
                                   field("actor", &ContextEnvelope::actor, "who acts"),
                                   field("facts", &ContextEnvelope::facts, "what the server found out for the rules"));
  }
};

/// What is stored: one thing that happened.
struct EventEnvelope {
  std::string_view id;
  StreamName stream;
  std::int64_t version = 0;
  std::string_view type;
  std::int64_t schema = 0;
  Instant at;
  Actor actor;
  std::string_view command;
  std::string_view domain;
  Raw data;

  static constexpr auto describe() {
    return record<EventEnvelope>(
        "event", "What happened, as it is stored for ever.",
        field("id", &EventEnvelope::id, "`<command id>.<index>`, so that a retry cannot make a second one"),
        field("stream", &EventEnvelope::stream, "`<aggregate>-<id>`"),
        field("version", &EventEnvelope::version, integer(1, max_integer), "1, 2, 3 … in its stream, without a hole"),
        field("type", &EventEnvelope::type, "which event"),
        field("schema", &EventEnvelope::schema, integer(1, 1'000'000), "which shape of its data, from 1"),
        field("at", &EventEnvelope::at, "the server's clock when it was decided, ms since 1970"),
        field("actor", &EventEnvelope::actor, "who acted"),
        field("command", &EventEnvelope::command, "the id of the command that it answers"),
        field("domain", &EventEnvelope::domain, "sha-256 of the module that decided it, hex"),
        field("data", &EventEnvelope::data, "as the event's type and schema say"));
  }
};

/// A verdict, as far as folding it needs.
struct VerdictEnvelope {
  bool accepted = false;
  std::optional<StreamName> stream;
  std::optional<std::int64_t> version;
  std::optional<Raw> events;
  std::optional<Raw> claims;
  std::optional<Raw> rejection;

  static constexpr auto describe() {
    return record<VerdictEnvelope>("verdict", "What was decided.",  //
                                   field("accepted", &VerdictEnvelope::accepted, "may it happen?"),
                                   field("stream", &VerdictEnvelope::stream, "whose events they are"),
                                   field("version", &VerdictEnvelope::version, "of the stream after the events"),
                                   field("events", &VerdictEnvelope::events, "what happened, in order"),
                                   field("claims", &VerdictEnvelope::claims, "what must be unique beyond the stream"),
                                   field("rejection", &VerdictEnvelope::rejection, "why not"));
  }
};

/// A view as it is stored: one object, one write.
struct ViewEnvelope {
  Raw data;
  Raw checkpoint;
  std::string_view projection;
  std::string_view domain;

  static constexpr auto describe() {
    return record<ViewEnvelope>("view", "What a projection made of events.",
                                field("data", &ViewEnvelope::data, "as the projection says"),
                                field("checkpoint", &ViewEnvelope::checkpoint,
                                      "stream → version of the last event that is in `data`, by name of the stream"),
                                field("projection", &ViewEnvelope::projection, "the view's key"),
                                field("domain", &ViewEnvelope::domain, "sha-256 of the module that wrote it, hex"));
  }
};

/// What a projection and `evolve` are told of an event beside its data.
struct Recorded {
  std::string_view stream_id;  ///< the part of the stream's name after the aggregate's: `general` of `channel-general`
  std::int64_t version;
  Instant at;
  ActorId actor;
};

/// The circumstances of a decision, as a rule sees them. `Facts` are what its aggregate asks the server to find out.
template <class Facts>
struct Context {
  std::string_view stream_id;  ///< the part of the stream's name after the aggregate's
  Instant at;
  ActorId actor;
  Facts facts;
};

}  // namespace crowbar
