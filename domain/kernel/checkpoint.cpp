#include "kernel/checkpoint.hpp"

#include <algorithm>

namespace crowbar {

std::int64_t Checkpoint::of(Text stream) {
  if (last_ < versions_.size() && same(streams_[last_], stream)) return versions_[last_];
  const std::uint32_t number = streams_.find(stream);
  if (number == Interner::none) return 0;
  last_ = number;
  return versions_[number];
}

void Checkpoint::set(Text stream, std::int64_t version) {
  if (last_ >= versions_.size() || !same(streams_[last_], stream)) last_ = streams_.add(stream);
  if (last_ == versions_.size()) versions_.push_back(0);
  versions_[last_] = version;
}

void Checkpoint::write(Bytes& out) const {
  out.push('{');
  bool any = false;
  for (const std::uint32_t number : streams_.sorted()) {
    if (any) out.push(',');
    any = true;
    write_text(out, streams_[number]);
    out.push(':');
    write_integer(out, versions_[number]);
  }
  out.push('}');
}

}  // namespace crowbar
