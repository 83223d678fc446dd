#include "kernel/event_reader.hpp"

namespace crowbar {
namespace {

constexpr std::span<const Slot> slots = detail::slots_of<EventEnvelope>;

}  // namespace

bool EventReader::head() {
  reader_.skip_space();
  begin_ = reader_.mark();
  envelope_ = {};
  guess_ = reader_.descend() && speculate_members(reader_, &envelope_, slots.first(slots.size() - 1)) &&
           reader_.match(',') && reader_.match(slots.back().key);
  return guess_ || general();
}

// The general reader, from the event's beginning: checks all of it and keeps the data's bytes.
bool EventReader::general() {
  guess_ = false;
  reader_.reset(begin_);
  envelope_ = {};
  return read_value(reader_, envelope_);
}

bool EventReader::end() {
  reader_.leave();
  return reader_.match('}');
}

bool EventReader::skip() { return !guess_ || (reader_.skip_value() && end()) || general(); }

bool EventReader::data(std::span<const Shape> shapes, void* event) {
  for (const Shape& shape : shapes) {
    if (envelope_.schema != shape.schema || !same(envelope_.type, shape.name)) continue;
    void* record = shape.emplace(event, reader_.arena());
    bool read = guess_ && speculate_record(reader_, record, shape.slots) && end();
    if (!read) {
      if (guess_ && !general()) return false;
      record = shape.emplace(event, reader_.arena());
      Reader inside = reader_.inside(envelope_.data);
      read = read_members(inside, record, shape.slots) || reader_.within("data");
    }
    if (read && shape.upcast != nullptr) shape.upcast(event, record);
    return read;
  }
  reader_.fault().name = envelope_.type;
  reader_.fault().actual = envelope_.schema;
  return reader_.fail(FaultCode::event_unknown);
}

namespace {

bool is_blank(char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }

}  // namespace

bool next_line(Reader& reader, std::int64_t& line) {
  if (line == 0) line = 1;
  const char* at = reader.position();
  for (; at < reader.end() && is_blank(*at); ++at) line += *at == '\n' ? 1 : 0;
  reader.go_to(at);
  reader.begin_line();
  return !reader.at_end();
}

bool end_line(Reader& reader, std::size_t max_bytes) {
  const char* at = reader.position();
  while (at < reader.end() && *at != '\n' && is_blank(*at)) ++at;
  reader.go_to(at);
  if (at < reader.end() && *at != '\n') return reader.fail(FaultCode::trailing_content);
  const auto size = static_cast<std::size_t>(reader.offset());
  if (size <= max_bytes) return true;
  reader.fault().limit = static_cast<std::int64_t>(max_bytes);
  reader.fault().actual = static_cast<std::int64_t>(size);
  return reader.fail(FaultCode::too_large);
}

}  // namespace crowbar
