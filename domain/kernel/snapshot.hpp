// A snapshot: a header that says whose it is, the state, and a checksum over both.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "kernel/archive.hpp"
#include "kernel/digest.hpp"
#include "kernel/fault.hpp"

namespace crowbar {

inline constexpr std::uint32_t snapshot_mark = 0x31776f72;  // "row1"

/// Writes the snapshot of an aggregate's instance.
template <class Instance>
void write_snapshot(Instance& instance, std::string_view domain, Bytes& out) {
  Saver save(out);
  save(snapshot_mark);
  save(domain);
  save(Instance::Contract::name);
  save(instance.stream());
  instance.snapshot(out);
  const Digest digest = Digest{}.then(out.view());
  save(digest.low);
  save(digest.high);
}

/// Reads the header of a snapshot and leaves the state to the aggregate that it names.
class SnapshotReader {
 public:
  /// A fault where the bytes are damaged, or another module wrote them.
  Fault begin(std::string_view bytes, std::string_view domain) {
    Fault fault;
    fault.code = FaultCode::snapshot_corrupt;
    constexpr std::size_t checksum = 16;
    if (bytes.size() < checksum) return fault;
    Digest digest;
    Loader tail(bytes.substr(bytes.size() - checksum));
    tail(digest.low);
    tail(digest.high);
    const std::string_view body = bytes.substr(0, bytes.size() - checksum);
    if (!(digest == Digest{}.then(body))) return fault;
    load_ = Loader(body);
    std::uint32_t mark = 0;
    std::string written_by;
    load_(mark);
    load_(written_by);
    load_(aggregate_);
    load_(stream_);
    if (!load_.ok() || mark != snapshot_mark) return fault;
    if (written_by != domain) {
      fault.code = FaultCode::snapshot_foreign;
      fault.name = written_by;
      return fault;
    }
    if (!stream_.starts_with(aggregate_ + '-')) return fault;
    return {};
  }

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
