#include "kernel/projection.hpp"

namespace crowbar {

void Checkpoint::write(Bytes& out) const {
  std::vector<std::uint32_t> order(versions_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [this](std::uint32_t a, std::uint32_t b) { return streams_[a] < streams_[b]; });
  out.push('{');
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i != 0) out.push(',');
    write_text(out, streams_[order[i]]);
    out.push(':');
    write_integer(out, versions_[order[i]]);
  }
  out.push('}');
}

}  // namespace crowbar
