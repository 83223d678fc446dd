// One stream of an aggregate: its state, and what is done with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernel/rules.hpp"

namespace crowbar {

/// The state of one stream, kept while it is open.
class Stream {
 public:
  /// `name` is the whole name of the stream. Nothing has happened in it yet.
  Stream(const Rules& rules, Text name)
      : rules_(&rules), state_(rules.make(), rules.destroy), text_(name), name_(text_), id_(name_) {
    id_.remove_prefix(rules.aggregate.size() + 1);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  std::string_view aggregate() const { return rules_->aggregate; }
  const std::string_view& name() const { return name_; }
  const std::string_view& id() const { return id_; }
  std::int64_t version() const { return version_; }
  /// The claims that the stream holds now.
  const Held& claims() const { return claims_; }
  /// Where an entity (a message) stands among those of the stream, from 0, or -1 where the aggregate counts none.
  std::int64_t position(Text entity) const { return rules_->position(state_.get(), entity); }
  /// May this person read the stream? Whoever has no id is nobody, whatever the aggregate says.
  bool admits(Text actor) const { return is_id(actor) && rules_->admits(state_.get(), id_, ActorId{actor}); }

  /// Folds stored events (NDJSON), in order. Where one cannot be folded, those before it are, and the fault says why.
  Fault fold(Text events);

  /// Decides one command and writes the canonical verdict. The state stays as it is. `context` has been read.
  void decide(Text command, ContextReader& context, Text domain, Bytes& out) {
    decide_one(command, context, domain, out, nullptr);
  }
  /// Decides a command that comes as its fields and writes the verdict as its fields; see FieldWriter.
  void decide_fields(const CommandFields& command, ContextReader& context, Text domain, Bytes& out);
  /// Decides commands (NDJSON), each on the state that the accepted ones before it have left; a verdict a line.
  void decide_many(Text commands, ContextReader& context, Text domain, Bytes& out);

  /// Folds the events of an accepted verdict.
  Fault apply(Text verdict);

  void save(Saver& io) const;
  /// Takes over what `save` wrote; false where the bytes cannot be that.
  bool load(Loader& io);

 private:
  /// Is this the event of this stream that follows `version`? If not, the fault says so.
  bool is_next(Reader& reader, const EventEnvelope& event, std::int64_t version) const;
  bool fold_next(Reader& reader, bool lines);
  void decide_one(Text command, ContextReader& context, Text domain, Bytes& out, Held* held);

  const Rules* rules_;
  std::unique_ptr<void, void (*)(void*)> state_;
  std::string text_;
  std::string_view name_;
  std::string_view id_;
  std::int64_t version_ = 0;
  Held claims_;
  Arena scratch_;
};

}  // namespace crowbar
