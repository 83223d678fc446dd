// From the bytes of a stored event to the event itself, in the shape of today.
#pragma once

#include <string_view>

#include "kernel/envelope.hpp"
#include "kernel/shapes.hpp"

namespace crowbar {

/// Reads stored events, one after the other: first `head`, then either `skip` or `data`.
class EventReader {
 public:
  /// Where the events are `lines` of NDJSON, nothing but an event may stand in a line.
  EventReader(Reader& reader, bool lines) : reader_(reader), lines_(lines) {}

  /// Reads what stands around the next event's data.
  bool head();
  const EventEnvelope& envelope() const { return envelope_; }

  /// Passes over the data.
  bool skip();
  /// Reads the data into `event`, a variant whose shapes are `shapes`. False, with a fault, where its type or its
  /// schema is not among them, or its data has another shape.
  bool data(const std::span<const Shape>& shapes, void* event);

 private:
  bool end();
  bool end_line();
  const char* line_end() const;
  bool general();

  Reader& reader_;
  bool lines_;
  EventEnvelope envelope_;
  Reader::Mark begin_{};
  bool guess_ = false;  // the head was in our canonical layout, and the reader stands where the data begins
};

/// Walks over the lines of NDJSON: `next_line` stands before the next value, or answers false at the end.
bool next_line(Reader& reader, std::int64_t& line);
/// Calls `line()` at each line of NDJSON, until one answers false; then the fault carries its line, counted from 1, and
/// offsets count within it. Blank lines are passed over.
template <class Line>
void each_line(Reader& reader, Line&& line) {
  std::int64_t number = 0;
  while (next_line(reader, number)) {
    if (line()) continue;
    reader.fault().line = number;
    return;
  }
}

}  // namespace crowbar
