// From the bytes of a stored event to the event itself, in the shape of today.
#pragma once

#include <string_view>

#include "kernel/envelope.hpp"
#include "kernel/shapes.hpp"

namespace crowbar {

/// Reads stored events, one after the other: first `head`, then either `skip` or `data`.
class EventReader {
 public:
  explicit EventReader(Reader& reader) : reader_(reader) {}

  /// Reads what stands around the next event's data.
  bool head();
  const EventEnvelope& envelope() const { return envelope_; }

  /// Passes over the data.
  bool skip();
  /// Reads the data into `event`, a variant whose shapes are `shapes`. False, with a fault, where its type or its schema
  /// is not among them, or its data has another shape.
  bool data(std::span<const Shape> shapes, void* event);

 private:
  bool end();
  bool general();

  Reader& reader_;
  EventEnvelope envelope_;
  Reader::Mark begin_{};
  bool guess_ = false;  // the head was in our canonical layout, and the reader stands where the data begins
};

/// Walks over the lines of NDJSON: `next_line` stands before the next value, or answers false at the end.
bool next_line(Reader& reader, std::int64_t& line);
/// After a value: nothing more in its line, which is not longer than `max_bytes`.
bool end_line(Reader& reader, std::size_t max_bytes);

/// Calls `line()` at each line of NDJSON, until one answers false; then the fault carries its line, counted from 1, and
/// offsets count within it. Blank lines are passed over.
template <class Line>
void each_line(Reader& reader, std::size_t max_bytes, Line&& line) {
  std::int64_t number = 0;
  while (next_line(reader, number)) {
    if (line() && end_line(reader, max_bytes)) continue;
    reader.fault().line = number;
    return;
  }
}

}  // namespace crowbar
