#include "kernel/snapshot.hpp"

#include "kernel/digest.hpp"

namespace crowbar {
namespace {

constexpr std::uint32_t mark = 0x31776f72;  // "row1"
constexpr std::size_t checksum = 16;

}  // namespace

void write_snapshot(const Stream& stream, Text domain, Bytes& out) {
  Saver save(out);
  save(mark);
  save(domain);
  save(stream.aggregate());
  save(stream.name());
  stream.save(save);
  const Digest digest = Digest{}.then(out.view());
  save(digest.low);
  save(digest.high);
}

Fault SnapshotReader::begin(Text bytes, Text domain) {
  Fault fault;
  fault.code = FaultCode::snapshot_corrupt;
  if (bytes.size() < checksum) return fault;
  Digest digest;
  Loader tail(bytes.substr(bytes.size() - checksum));
  tail(digest.low);
  tail(digest.high);
  const std::string_view body = bytes.substr(0, bytes.size() - checksum);
  if (!(digest == Digest{}.then(body))) return fault;
  load_ = Loader(body);
  std::uint32_t first = 0;
  std::string written_by;
  load_(first);
  load_(written_by);
  load_(aggregate_);
  load_(stream_);
  if (!load_.ok() || first != mark) return fault;
  if (written_by != domain) {
    fault.code = FaultCode::snapshot_foreign;
    fault.name = written_by;
    return fault;
  }
  if (!is_stream_of(stream_, aggregate_)) return fault;
  return {};
}

}  // namespace crowbar
