// How far a view has heard each stream.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/interner.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// Stream → version up to which a view has heard everything.
class Checkpoint {
 public:
  /// 0 where nothing was heard.
  std::int64_t of(Text stream);
  void set(Text stream, std::int64_t version);
  /// A JSON object by name of the stream, whatever the order of the events was.
  void write(Bytes& out) const;

 private:
  Interner streams_;
  std::vector<std::int64_t> versions_;
  std::uint32_t last_ = Interner::none;  // events of one stream mostly come together
};

}  // namespace crowbar
