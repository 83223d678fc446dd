#include "kernel/stream.hpp"

#include <algorithm>

namespace crowbar {

Fault Stream::fold(std::string_view events) {
  Fault fault;
  Reader reader(events, Door::log, scratch_, fault);
  each_line(reader, max_event_bytes, [&] { return fold_next(reader); });
  return fault;
}

bool Stream::fold_next(Reader& reader) {
  EventReader next(reader);
  if (!next.head()) return false;
  const EventEnvelope& envelope = next.envelope();
  if (!same(envelope.stream.value, name_)) {
    reader.fault() = foreign(envelope.stream.value);
    return false;
  }
  if (envelope.version != version_ + 1) {
    reader.fault() = gap(name_, version_ + 1, envelope.version);
    return false;
  }
  const Recorded recorded{id(), envelope.version, envelope.at, envelope.actor.id};
  if (!rules_->fold(state_.get(), next, recorded, claims_)) return false;
  version_ = envelope.version;
  return true;
}

void Stream::decide_one(std::string_view command, ContextReader& context, std::string_view domain, Bytes& out,
                        Held* held) {
  scratch_.clear();
  Fault fault;
  Reader reader(command, Door::command, scratch_, fault);
  CommandReader next(reader);
  if (!next.head(name_)) return write_refused(out, fault);
  Verdict verdict(name_, id(), version_, domain);
  rules_->decide(state_.get(), next, context, scratch_, verdict, out, held);
}

void Stream::decide_many(std::string_view commands, ContextReader& context, std::string_view domain, Bytes& out) {
  while (!commands.empty()) {
    const std::size_t end = std::min(commands.find('\n'), commands.size());
    const std::string_view line = commands.substr(0, end);
    commands.remove_prefix(std::min(end + 1, commands.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    decide_one(line, context, domain, out, &claims_);
    out.push('\n');
  }
}

Fault Stream::apply(std::string_view verdict) {
  scratch_.clear();
  Fault fault;
  Reader reader(verdict, Door::log, scratch_, fault);
  VerdictEnvelope envelope;
  if (!reader.begin(max_document_bytes) || !read_value(reader, envelope) || !reader.finish()) return fault;
  if (!envelope.accepted) fault.code = FaultCode::not_a_verdict;
  if (envelope.stream.value != name_) fault = foreign(envelope.stream.value);
  if (fault) return fault;
  Reader events = reader.inside(envelope.events);
  if (!read_items(events, [&](std::uint32_t) { return fold_next(events); })) events.within("events");
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
  return rules_->load(state_.get(), io) && version_ >= 0;
}

}  // namespace crowbar
