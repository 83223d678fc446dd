#include "kernel/event_reader.hpp"

#include <cstring>

#include "kernel/speculation.hpp"

namespace crowbar {
namespace {

bool is_blank(char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }

}  // namespace
bool EventReader::head() {
  reader_.skip_space();
  begin_ = reader_.mark();
  guess_ = reader_.descend() && detail::speculate_head(reader_, envelope_);
  return guess_ || general();
}

// The general reader, from the event's beginning: checks all of it and keeps the data's bytes.
bool EventReader::general() {
  guess_ = false;
  reader_.reset(begin_);
  envelope_ = {};
  const char* const end = reader_.end();
  if (lines_) reader_.end_at(line_end());
  const bool read = reader_.no_mark() && read_value(reader_, envelope_) && (!lines_ || end_line());
  reader_.end_at(end);
  return read;
}

// White space in JSON may hold newlines; in NDJSON a newline ends the event, wherever it stands.
const char* EventReader::line_end() const {
  const auto left = static_cast<std::size_t>(reader_.end() - reader_.position());
  const void* newline = left == 0 ? nullptr : std::memchr(reader_.position(), '\n', left);
  return newline == nullptr ? reader_.end() : static_cast<const char*>(newline);
}

bool EventReader::end() {
  reader_.leave();
  return reader_.match('}') && (!lines_ || end_line());
}

bool EventReader::end_line() {
  const char* at = reader_.position();
  while (at < reader_.end() && *at != '\n' && is_blank(*at)) ++at;
  reader_.go_to(at);
  if (at < reader_.end() && *at != '\n') return reader_.fail(FaultCode::trailing_content);
  const std::int64_t size = reader_.offset();
  if (size <= static_cast<std::int64_t>(max_event_bytes)) return true;
  reader_.fault().limit = static_cast<std::int64_t>(max_event_bytes);
  reader_.fault().actual = size;
  return reader_.fail(FaultCode::too_large);
}

bool EventReader::skip() {
  if (!guess_) return true;
  const char* const end_of_input = reader_.end();
  if (lines_) reader_.end_at(line_end());
  const bool skipped = reader_.skip_value() && end();
  reader_.end_at(end_of_input);
  return skipped || general();
}

bool EventReader::data(const std::span<const Shape>& shapes, void* event) {
  for (const Shape& shape : shapes) {
    if (envelope_.schema != shape.schema || !same(envelope_.type, shape.name)) continue;
    void* record = shape.emplace(event, reader_.arena());
    bool read = guess_ && speculate_record(reader_, record, shape.members) && end();
    if (!read) {
      if (guess_ && !general()) return false;
      record = shape.emplace(event, reader_.arena());
      Reader inside = reader_.inside(envelope_.data);
      read = read_members(inside, record, shape.members) || reader_.within("data");
    }
    if (read && shape.upcast != nullptr) shape.upcast(event, record);
    return read;
  }
  if (guess_ && !general()) return false;
  reader_.fault().name = envelope_.type;
  reader_.fault().actual = envelope_.schema;
  reader_.fault().pointer = "/type";
  return reader_.fail(FaultCode::event_unknown);
}

bool next_line(Reader& reader, std::int64_t& line) {
  if (line == 0) line = 1;
  const char* at = reader.position();
  for (; at < reader.end() && is_blank(*at); ++at) line += *at == '\n' ? 1 : 0;
  reader.go_to(at);
  reader.begin_line();
  return !reader.at_end();
}

}  // namespace crowbar
