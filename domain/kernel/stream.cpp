#include "kernel/stream.hpp"

#include <algorithm>

namespace crowbar {

Fault Stream::fold(Text events) {
  Fault fault;
  Reader reader(events, Door::log, scratch_, fault);
  each_line(reader, [&] { return fold_next(reader, true); });
  return fault;
}

bool Stream::is_next(Reader& reader, const EventEnvelope& event, std::int64_t version) const {
  if (!same(event.stream.value, name_)) {
    reader.fault() = foreign(event.stream.value);
    return false;
  }
  if (event.version == version + 1) return true;
  reader.fault() = gap(name_, version + 1, event.version);
  return false;
}

bool Stream::fold_next(Reader& reader, bool lines) {
  EventReader next(reader, lines);
  if (!next.head()) return false;
  const EventEnvelope& envelope = next.envelope();
  if (!is_next(reader, envelope, version_)) return false;
  const Recorded recorded{id_, envelope.version, envelope.at, envelope.actor.id};
  if (!rules_->fold(state_.get(), next, recorded, claims_)) return false;
  version_ = envelope.version;
  return true;
}

void Stream::decide_one(Text command, ContextReader& context, Text domain, Bytes& out, Held* held) {
  scratch_.clear();
  Fault fault;
  Reader reader(command, Door::command, scratch_, fault);
  CommandReader next(reader);
  if (!next.head(name_)) return write_refused(out, fault);
  Verdict verdict(name_, id_, version_, domain);
  rules_->decide(state_.get(), next, context, scratch_, verdict, out, held);
}

void Stream::decide_fields(const CommandFields& command, ContextReader& context, Text domain, Bytes& out) {
  scratch_.clear();
  Fault fault;
  Reader nothing({}, Door::command, scratch_, fault);
  FieldReader fields(command);
  FieldWriter writer(out, fields);
  CommandReader next(nothing, &fields);
  if (!context.read_again(fields.at()) || !next.head(name_)) return writer.outcome(FieldWriter::Outcome::not_in_order);
  Verdict verdict(name_, id_, version_, domain);
  verdict.write_fields(writer);
  rules_->decide(state_.get(), next, context, scratch_, verdict, out, nullptr);
  if (!next.in_order()) writer.outcome(FieldWriter::Outcome::not_in_order);
}

void Stream::decide_many(Text commands, ContextReader& context, Text domain, Bytes& out) {
  for (std::string_view rest = commands; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    decide_one(line, context, domain, out, &claims_);
    out.push('\n');
  }
}

Fault Stream::apply(Text verdict) {
  scratch_.clear();
  Fault fault;
  Reader reader(verdict, Door::document, scratch_, fault);
  VerdictEnvelope envelope;
  if (!reader.begin(max_document_bytes) || !read_value(reader, envelope) || !reader.finish()) return fault;
  if (!envelope.accepted || !envelope.stream || !envelope.events) fault.code = FaultCode::not_a_verdict;
  if (!fault && envelope.stream->value != name_) fault = foreign(envelope.stream->value);
  if (fault) return fault;
  // Nothing is folded before all of it is known to follow: a verdict is taken whole or not at all.
  std::int64_t version = version_;
  Reader ahead = reader.inside(*envelope.events);
  const bool follows = read_items(ahead, [&](std::uint32_t) {
    EventReader next(ahead, false);
    return next.head() && is_next(ahead, next.envelope(), version++) && next.skip();
  });
  if (follows && envelope.version != version) fault.code = FaultCode::not_a_verdict;
  Reader events = reader.inside(*envelope.events);
  if (!fault) read_items(events, [&](std::uint32_t) { return fold_next(events, false); });
  return fault;
}

void Stream::save(Saver& io) const {
  io(version_);
  io.list(claims_, [](Saver& each, const std::string& key) { each(std::string_view(key)); });
  rules_->save(state_.get(), io);
}

bool Stream::load(Loader& io) {
  io(version_);
  io.list(claims_, [](Loader& each, std::string& key) { each(key); });
  return rules_->load(state_.get(), io) && version_ >= 0 && version_ < max_integer;
}

}  // namespace crowbar
