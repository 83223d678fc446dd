#include "kernel/view.hpp"

#include "kernel/command_reader.hpp"

namespace crowbar {

View::View(const ProjectionRules& rules, const ViewKey& key)
    : rules_(&rules),
      view_(rules.make(key.page), rules.destroy),
      key_(text_of(key, rules.aggregate)),
      stream_(rules.aggregate) {
  stream_ += '-';
  stream_ += key.id;
}

Fault View::project(std::string_view events) {
  Fault fault;
  Reader reader(events, Door::log, scratch_, fault);
  each_line(reader, [&] { return project_next(reader); });
  return fault;
}

bool View::project_next(Reader& reader) {
  EventReader next(reader, true);
  if (!next.head()) return false;
  const EventEnvelope& envelope = next.envelope();
  const std::string_view stream = envelope.stream.value;
  const std::string_view aggregate = rules_->aggregate;
  const bool ours = hears(stream);
  const std::int64_t heard = ours ? checkpoint_.of(stream) : 0;
  if (!ours || envelope.version <= heard) return next.skip();
  if (envelope.version != heard + 1) {
    reader.fault() = gap(stream, heard + 1, envelope.version);
    return false;
  }
  const Recorded recorded{stream.substr(aggregate.size() + 1), envelope.version, envelope.at, envelope.actor.id};
  if (!rules_->project(view_.get(), next, recorded)) return false;
  checkpoint_.set(next.envelope().stream.value, recorded.version);
  return true;
}

void View::begin_after(std::string_view stream, std::int64_t version) {
  checkpoint_.set(stream, version);
  rules_->begin_here(view_.get());
}

bool View::load(Reader& reader, const ViewEnvelope& envelope) {
  Reader positions = reader.inside(envelope.checkpoint);
  const bool read_positions = read_entries(positions, [&](std::string_view stream) {
    std::int64_t version = 0;
    if (!read_in_range(positions, version, 1, max_integer)) return false;
    begin_after(stream, version);
    return true;
  });
  if (!read_positions) return reader.within("checkpoint");
  Reader data = reader.inside(envelope.data);
  return load_data(data) || reader.within("data");
}

bool View::load_data(Reader& data) {
  void* const view = view_.get();
  if (rules_->arranged == Arrangement::list) {
    return read_items(data, [&](std::uint32_t) { return rules_->load(view, data, {}); });
  }
  if (rules_->arranged == Arrangement::dictionary) {
    return read_entries(data, [&](std::string_view key) { return rules_->load(view, data, key); });
  }
  return data.peek() == 'n' ? data.skip_value() : rules_->load(view, data, {});
}

void View::write(std::string_view domain, Bytes& out) const {
  constexpr std::string_view opening[] = {"{\"data\":[", "{\"data\":{", "{\"data\":"};
  constexpr std::string_view closing[] = {"]", "}", ""};
  const auto arranged = static_cast<std::size_t>(rules_->arranged);
  out.append(opening[arranged]);
  const std::size_t before = out.size();
  rules_->write(view_.get(), out);
  if (rules_->arranged == Arrangement::object && out.size() == before) out.append("null");
  out.append(closing[arranged]);
  out.append(",\"checkpoint\":");
  write_checkpoint(out);
  out.append(",\"projection\":");
  write_text(out, key_);
  out.append(",\"domain\":\"");
  out.append(domain);
  out.append("\"}");
}

void View::write_checkpoint(Bytes& out) const {
  // Where a page begins may not be known yet, and the stored bytes have no place for the count so far: such a page,
  // loaded again, begins counting anew.
  if (rules_->counting(view_.get())) return out.append("{}");
  checkpoint_.write(out);
}

}  // namespace crowbar
