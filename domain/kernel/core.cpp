#include "kernel/core.hpp"

#include <algorithm>

namespace crowbar {
namespace {

// The low bits of a handle number the place; the others count how often it was used, so that a closed handle stays one.
constexpr std::uint32_t place_bits = 20;
constexpr std::uint32_t place_mask = (1U << place_bits) - 1;
constexpr std::uint32_t generation_mask = (1U << (32 - place_bits)) - 1;

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

bool Runtime::admits(Handle handle, Text actor) {
  Stream* open = stream(handle);
  if (open == nullptr) return false;
  out_.append(open->admits(actor) ? "true" : "false");
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

// ---- both

bool Runtime::close(Handle handle) {
  Place* place = find(handle);
  if (place == nullptr) return refuse(FaultCode::handle_closed, {});
  out_.clear();
  place->stream.reset();
  place->view.reset();
  place->generation = (place->generation + 1) & generation_mask;
  free_.push_back(handle & place_mask);
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

Runtime::Place* Runtime::free_place(Handle& handle) {
  if (places_.empty()) places_.emplace_back();  // number 0 stays free: a handle is never 0
  if (free_.empty()) {
    if (places_.size() > place_mask) {
      Fault fault;
      fault.code = FaultCode::too_many_handles;
      fault.limit = place_mask;
      answer(fault);
      return nullptr;
    }
    free_.push_back(static_cast<std::uint32_t>(places_.size()));
    places_.emplace_back();
  }
  const std::uint32_t number = free_.back();
  free_.pop_back();
  handle = places_[number].generation << place_bits | number;
  return &places_[number];
}

Handle Runtime::keep(std::unique_ptr<Stream> stream) {
  Handle handle = 0;
  if (Place* place = free_place(handle)) place->stream = std::move(stream);
  return handle;
}

Handle Runtime::keep(std::unique_ptr<View> view) {
  Handle handle = 0;
  if (Place* place = free_place(handle)) place->view = std::move(view);
  return handle;
}

Runtime::Place* Runtime::find(Handle handle) {
  const std::uint32_t number = handle & place_mask;
  if (number == 0 || number >= places_.size()) return nullptr;
  Place& place = places_[number];
  const bool open = place.stream != nullptr || place.view != nullptr;
  return open && place.generation == handle >> place_bits ? &place : nullptr;
}

Stream* Runtime::stream(Handle handle) {
  out_.clear();
  Place* place = find(handle);
  if (place != nullptr && place->stream != nullptr) return place->stream.get();
  refuse(FaultCode::handle_closed, {});
  return nullptr;
}

View* Runtime::view_of(Handle handle) {
  out_.clear();
  Place* place = find(handle);
  if (place != nullptr && place->view != nullptr) return place->view.get();
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
