// The core's views: opening them, projecting to them, and which of them an event touches.
#include <algorithm>

#include "kernel/core.hpp"

namespace crowbar {

std::unique_ptr<View> Runtime::make_view(Text key, bool all_pages) {
  for (const ProjectionRules* rules : projections_) {
    if (all_pages && rules->page_size == 0) continue;
    ViewKey parsed;
    if (parse(key, rules->name, all_pages ? Keyed::by_stream : rules->keyed, rules->aggregate, parsed)) {
      return std::make_unique<View>(*rules, parsed);
    }
  }
  refuse(FaultCode::unknown_view, key);
  return nullptr;
}

Handle Runtime::view(Text key) {
  out_.clear();
  auto made = make_view(key);
  return made == nullptr ? 0 : keep(std::move(made));
}

Handle Runtime::load_view(Text bytes) {
  out_.clear();
  Arena arena;
  Fault fault;
  Reader reader(bytes, Door::document, arena, fault);
  ViewEnvelope envelope;
  if (!reader.begin(max_document_bytes) || !read_value(reader, envelope) || !reader.finish()) return answer(fault);
  auto made = make_view(envelope.projection);
  if (made == nullptr) return 0;
  return made->load(reader, envelope) ? keep(std::move(made)) : answer(fault);
}

Handle Runtime::pages(Text key, Text stored) {
  out_.clear();
  auto made = make_view(key, true);
  if (made == nullptr) return 0;
  return answer(made->load_pages(stored)) ? keep(std::move(made)) : 0;
}

bool Runtime::project(Handle handle, Text events) {
  View* open = view_of(handle);
  return open != nullptr && answer(open->project(events));
}

bool Runtime::begin_after(Handle handle, Text stream, std::int64_t version) {
  View* open = view_of(handle);
  if (open == nullptr) return false;
  if (!is_stream(stream)) return refuse(FaultCode::stream_invalid, stream);
  if (!open->hears(stream)) return answer(foreign(stream));
  open->begin_after(stream, version);
  return true;
}

bool Runtime::view_bytes(Handle handle, std::uint32_t page) {
  View* open = view_of(handle);
  return open != nullptr && (open->write(page, domain_, out_) || refuse(FaultCode::unknown_view, open->key()));
}

bool Runtime::touched(Handle handle) {
  View* open = view_of(handle);
  if (open == nullptr) return false;
  open->write_touched(out_);
  return true;
}

bool Runtime::view_checkpoint(Handle handle) {
  View* open = view_of(handle);
  if (open == nullptr) return false;
  open->write_checkpoint(out_);
  return true;
}

bool Runtime::view_key(Handle handle) {
  View* open = view_of(handle);
  if (open == nullptr) return false;
  out_.append(open->key());
  return true;
}

bool Runtime::view_keys(Handle handle, Text event) {
  const Stream* folded = handle == 0 ? nullptr : stream(handle);
  if (handle != 0 && folded == nullptr) return false;
  out_.clear();
  Bytes keys;
  keys.push('[');
  bool known = false;
  Arena arena;
  Fault fault;
  Reader reader(event, Door::log, arena, fault);
  EventEnvelope envelope;
  if (!reader.begin(max_event_bytes) || !read_value(reader, envelope) || !reader.finish()) return answer(fault);
  const std::string_view stream = envelope.stream.value;
  if (folded != nullptr && stream != folded->name()) return answer(foreign(stream));
  for (const Rules* rules : aggregates_) {
    if (!is_stream_of(stream, rules->aggregate)) continue;
    known = true;
    const bool understood = std::any_of(rules->events.begin(), rules->events.end(), [&](const Shape& shape) {
      return shape.name == envelope.type && shape.schema == envelope.schema;
    });
    if (understood) continue;
    fault.code = FaultCode::event_unknown;  // routed nowhere it would be lost without a word
    fault.pointer = "/type";
    fault.name = envelope.type;
    fault.actual = envelope.schema;
    return answer(fault);
  }
  for (const ProjectionRules* rules : projections_) {
    if (!is_stream_of(stream, rules->aggregate)) continue;
    if (std::find(rules->hears.begin(), rules->hears.end(), envelope.type) == rules->hears.end()) continue;
    const std::string_view id = stream.substr(rules->aggregate.size() + 1);
    const auto put = [&](std::uint32_t page) {
      if (keys.size() > 1) keys.push(',');
      write_text(keys,
                 text_of({rules->name, rules->keyed == Keyed::once ? std::string_view{} : id, page}, rules->aggregate));
    };
    if (rules->page_size == 0) {
      put(0);
      continue;
    }
    std::string_view entity;
    Reader data = reader.inside(envelope.data);
    const bool read =
        read_entries(data, [&](Text key) { return key == rules->entity ? data.string(entity) : data.skip_value(); });
    if (!read) return answer(fault);
    // An entity's position is below the version of its event: each comes into being with an event of its own.
    const std::int64_t at = folded == nullptr ? -1 : folded->position(entity);
    constexpr std::int64_t most_pages = 1'000;
    if (at < 0 && envelope.version > most_pages * rules->page_size) {
      fault.code = FaultCode::value_out_of_range;  // so many pages are no answer: ask the folded stream
      fault.pointer = "/version";
      fault.limit = most_pages * rules->page_size;
      fault.actual = envelope.version;
      return answer(fault);
    }
    const std::int64_t first = at < 0 ? 0 : at / rules->page_size;
    const std::int64_t last = (at < 0 ? envelope.version - 1 : at) / rules->page_size;
    for (std::int64_t page = first; page <= last; ++page) put(static_cast<std::uint32_t>(page + 1));
  }
  if (!known) return refuse(FaultCode::stream_invalid, stream);
  keys.push(']');
  out_.append(keys.view());
  return true;
}

}  // namespace crowbar
