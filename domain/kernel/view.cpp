#include "kernel/view.hpp"

#include "kernel/command_reader.hpp"

namespace crowbar {
namespace {

bool is_all_pages(const ProjectionRules& rules, const ViewKey& key) { return rules.page_size != 0 && key.page == 0; }

}  // namespace

View::View(const ProjectionRules& rules, const ViewKey& key)
    : rules_(&rules),
      view_(is_all_pages(rules, key) ? nullptr : rules.make(key.page), rules.destroy),
      pages_(is_all_pages(rules, key) ? std::make_unique<Pages>(rules) : nullptr),
      key_(text_of(key, rules.aggregate)),
      stream_(rules.aggregate) {
  stream_ += '-';
  stream_ += key.id;
}

Fault View::project(Text events) {
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
  if (!rules_->project(view_.get(), pages_.get(), next, recorded)) return false;
  if (pages_ != nullptr && pages_->missed(reader.fault())) return false;
  checkpoint_.set(next.envelope().stream.value, recorded.version);
  return true;
}

void View::begin_after(Text stream, std::int64_t version) {
  if (is_pages() && version <= checkpoint_.of(stream)) return;
  checkpoint_.set(stream, version);
  if (!is_pages()) rules_->begin_here(view_.get());
}

Fault View::load_pages(Text stored) {
  Fault fault;
  Reader reader(stored, Door::document, scratch_, fault);
  each_line(reader, [&] {
    ViewEnvelope envelope;
    return read_value(reader, envelope) && load(reader, envelope);
  });
  return fault;
}

bool View::load(Reader& reader, const ViewEnvelope& envelope) {
  std::int64_t version = 0;
  Reader positions = reader.inside(envelope.checkpoint);
  const bool read_positions = read_entries(positions, [&](Text stream) {
    if (!read_in_range(positions, version, 1, max_integer)) return false;
    if (!is_pages()) begin_after(stream, version);
    return true;
  });
  if (!read_positions) return reader.within("checkpoint");
  void* const view = is_pages() ? take_page(reader, envelope.projection, version) : view_.get();
  if (view == nullptr) return false;
  std::uint32_t rows = 0;
  Reader data = reader.inside(envelope.data);
  const bool loaded = load_data(view, rows, data) && (!is_pages() || holds(reader, rows));
  return loaded || reader.within("data");
}

void* View::take_page(Reader& reader, Text key, std::int64_t version) {
  ViewKey parsed;
  const bool ours = parse(key, rules_->name, Keyed::by_page, rules_->aggregate, parsed) && parsed.id == id();
  // A page that has not begun has no place to go on from.
  void* const view = ours && version != 0 ? pages_->take(parsed.page, version) : nullptr;
  if (view == nullptr) {
    Fault& fault = reader.fault();
    fault.code = ours ? FaultCode::value_out_of_range : FaultCode::unknown_view;
    fault.pointer = "/projection";
    fault.name = key;
    fault.limit = pages_->next();
    fault.actual = parsed.page;
    return nullptr;
  }
  return view;
}

bool View::holds(Reader& reader, std::uint32_t rows) {
  if (pages_->holds(rows)) return true;
  reader.fault().limit = rules_->page_size;
  reader.fault().actual = rows;
  return reader.fail(FaultCode::value_out_of_range);
}

bool View::load_data(void* view, std::uint32_t& rows, Reader& data) {
  const auto load_row = [&](Text key) {
    ++rows;
    return rules_->load(view, pages_.get(), data, key);
  };
  if (rules_->arranged == Arrangement::list) {
    return read_items(data, [&](std::uint32_t) { return load_row({}); });
  }
  if (rules_->arranged == Arrangement::dictionary) return read_entries(data, load_row);
  return data.peek() == 'n' ? data.skip_value() : load_row({});
}

bool View::write(std::uint32_t page, Text domain, Bytes& out) {
  if (!is_pages()) {
    write_view(view_.get(), key_, domain, out);
    return true;
  }
  const Pages::Page* const found = pages_->find(page);
  if (found == nullptr) return false;
  // A page that was stored when more was in it than all of them are known to have heard says so again.
  const std::int64_t heard = checkpoint_.of(stream_);
  if (found->stored > heard) checkpoint_.set(stream_, found->stored);
  write_view(found->view, text_of({rules_->name, id(), page}, rules_->aggregate), domain, out);
  if (found->stored > heard) checkpoint_.set(stream_, heard);
  return true;
}

void View::write_view(const void* view, Text key, Text domain, Bytes& out) const {
  constexpr std::string_view opening[] = {"{\"data\":[", "{\"data\":{", "{\"data\":"};
  constexpr std::string_view closing[] = {"]", "}", ""};
  const auto arranged = static_cast<std::size_t>(rules_->arranged);
  out.append(opening[arranged]);
  const std::size_t before = out.size();
  rules_->write(view, out);
  if (rules_->arranged == Arrangement::object && out.size() == before) out.append("null");
  out.append(closing[arranged]);
  out.append(",\"checkpoint\":");
  write_checkpoint(out);
  out.append(",\"projection\":");
  write_text(out, key);
  out.append(",\"domain\":\"");
  out.append(domain);
  out.append("\"}");
}

void View::write_touched(Bytes& out) {
  if (is_pages()) return pages_->write_touched(out);
  out.append("[]");
}

void View::write_checkpoint(Bytes& out) const {
  // Where a page begins may not be known yet, and the stored bytes have no place for the count so far: such a page,
  // loaded again, begins counting anew.
  if (!is_pages() && rules_->counting(view_.get())) return out.append("{}");
  checkpoint_.write(out);
}

}  // namespace crowbar
