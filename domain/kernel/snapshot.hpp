// A snapshot: a header that says whose it is, the state, and a checksum over both.
#pragma once

#include <string>
#include <string_view>

#include "kernel/stream.hpp"

namespace crowbar {

/// Writes the snapshot of a stream, for the module `domain` alone.
void write_snapshot(const Stream& stream, Text domain, Bytes& out);

/// Reads the header of a snapshot and leaves the state to the aggregate that it names.
class SnapshotReader {
 public:
  /// A fault where the bytes are damaged, or another module wrote them.
  Fault begin(Text bytes, Text domain);

  std::string_view aggregate() const { return aggregate_; }
  std::string_view stream() const { return stream_; }
  std::string_view stream_id() const { return std::string_view(stream_).substr(aggregate_.size() + 1); }
  Loader& state() { return load_; }

 private:
  Loader load_{{}};
  std::string aggregate_;
  std::string stream_;
};

}  // namespace crowbar
