#include "kernel/core.hpp"

#include <algorithm>

namespace crowbar {
namespace {

// The low bits of a handle number the slot; the others count how often it was used, so that a closed handle stays one.
constexpr std::uint32_t slot_bits = 20;
constexpr std::uint32_t slot_mask = (1U << slot_bits) - 1;
constexpr std::uint32_t generation_mask = (1U << (32 - slot_bits)) - 1;

}  // namespace

// ---- streams

Handle Runtime::open(Text aggregate, Text stream) {
  out_.clear();
  const Rules* rules = find_aggregate(aggregate);
  if (rules == nullptr) return refuse(FaultCode::unknown_aggregate, aggregate);
  if (!is_stream_of(stream, aggregate) || !is_id(stream.substr(aggregate.size() + 1))) {
    return refuse(FaultCode::stream_invalid, stream);
  }
  return keep(std::make_unique<Stream>(*rules, stream));
}

bool Runtime::fold(Handle handle, Text events) {
  Stream* open = stream(handle);
  return open != nullptr && answer(open->fold(events));
}

bool Runtime::apply(Handle handle, Text verdict) {
  Stream* open = stream(handle);
  return open != nullptr && answer(open->apply(verdict));
}

bool Runtime::decide(Handle handle, Text command, Text context) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  context_.read(context);
  decide_on(*open, command);
  return true;
}

bool Runtime::decide_again(Handle handle, Text command) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  decide_on(*open, command);
  return true;
}

void Runtime::decide_on(Stream& open, Text command) {
  if (context_.is_known()) {
    open.decide(command, context_, domain_, out_);
  } else {
    write_refused(out_, context_.fault());
  }
}

bool Runtime::decide_fields(Handle handle, const CommandFields& command, Text context) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  if (!context.empty()) context_.read(context);
  open->decide_fields(command, context_, domain_, out_);
  return true;
}

bool Runtime::decide_many(Handle handle, Text commands, Text context) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  if (!context_.read(context)) return answer(context_.fault());
  open->decide_many(commands, context_, domain_, out_);
  return true;
}

std::int64_t Runtime::version(Handle handle) {
  Stream* open = stream(handle);
  return open == nullptr ? -1 : open->version();
}

bool Runtime::claims(Handle handle) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  out_.push('[');
  for (const std::string& key : open->claims()) {
    if (out_.size() > 1) out_.push(',');
    write_text(out_, key);
  }
  out_.push(']');
  return true;
}

bool Runtime::snapshot(Handle handle) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  write_snapshot(*open, domain_, out_);
  return true;
}

Handle Runtime::restore(Text bytes) {
  out_.clear();
  SnapshotReader reader;
  if (!answer(reader.begin(bytes, domain_))) return 0;
  const Rules* rules = find_aggregate(reader.aggregate());
  if (rules == nullptr || !is_id(reader.stream_id())) return refuse(FaultCode::snapshot_corrupt, {});
  auto restored = std::make_unique<Stream>(*rules, reader.stream());
  if (!restored->load(reader.state())) return refuse(FaultCode::snapshot_corrupt, {});
  out_.append(reader.stream());
  return keep(std::move(restored));
}

// ---- views

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

// ---- both

bool Runtime::close(Handle handle) {
  Slot* slot = find(handle);
  if (slot == nullptr) return refuse(FaultCode::handle_closed, {});
  out_.clear();
  slot->stream.reset();
  slot->view.reset();
  slot->generation = (slot->generation + 1) & generation_mask;
  free_.push_back(handle & slot_mask);
  return true;
}

bool Runtime::check(Text input) {
  out_.clear();
  return answer(check_json(input));
}

const Rules* Runtime::find_aggregate(Text name) const {
  for (const Rules* rules : aggregates_) {
    if (rules->aggregate == name) return rules;
  }
  return nullptr;
}

Runtime::Slot* Runtime::free_slot(Handle& handle) {
  if (slots_.empty()) slots_.emplace_back();  // number 0 stays free: a handle is never 0
  if (free_.empty()) {
    if (slots_.size() > slot_mask) {
      Fault fault;
      fault.code = FaultCode::too_many_handles;
      fault.limit = slot_mask;
      answer(fault);
      return nullptr;
    }
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t number = free_.back();
  free_.pop_back();
  handle = slots_[number].generation << slot_bits | number;
  return &slots_[number];
}

Handle Runtime::keep(std::unique_ptr<Stream> stream) {
  Handle handle = 0;
  if (Slot* slot = free_slot(handle)) slot->stream = std::move(stream);
  return handle;
}

Handle Runtime::keep(std::unique_ptr<View> view) {
  Handle handle = 0;
  if (Slot* slot = free_slot(handle)) slot->view = std::move(view);
  return handle;
}

Runtime::Slot* Runtime::find(Handle handle) {
  const std::uint32_t number = handle & slot_mask;
  if (number == 0 || number >= slots_.size()) return nullptr;
  Slot& slot = slots_[number];
  const bool open = slot.stream != nullptr || slot.view != nullptr;
  return open && slot.generation == handle >> slot_bits ? &slot : nullptr;
}

Stream* Runtime::stream(Handle handle) {
  out_.clear();
  Slot* slot = find(handle);
  if (slot != nullptr && slot->stream != nullptr) return slot->stream.get();
  refuse(FaultCode::handle_closed, {});
  return nullptr;
}

View* Runtime::view_of(Handle handle) {
  out_.clear();
  Slot* slot = find(handle);
  if (slot != nullptr && slot->view != nullptr) return slot->view.get();
  refuse(FaultCode::handle_closed, {});
  return nullptr;
}

bool Runtime::answer(const Fault& fault) {
  if (!fault) return true;
  out_.clear();
  write_fault(out_, fault);
  return false;
}

bool Runtime::refuse(FaultCode code, Text name) {
  Fault fault;
  fault.code = code;
  fault.name = name;
  return answer(fault);
}

}  // namespace crowbar
