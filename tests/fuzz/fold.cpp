// Stored events of hostile bytes, NDJSON: folded into a stream and projected to every view, both of which must still be
// what they are when they are stored and loaded.
#include <cstdint>
#include <vector>

#include "channel.hpp"

namespace crowbar::fuzz {
namespace {

void fold(Chat& core, std::string_view stream, std::string_view before, std::string_view events) {
  const Handle folded = core.open(stream.substr(0, stream.find('-')), stream);
  claim(core.fold(folded, before), "the channel's beginning is folded", core.out());
  if (!core.fold(folded, events)) claim_json(core);
  const std::int64_t version = core.version(folded);
  const std::string state = state_of(core, folded);
  const Handle restored = core.restore(state);
  claim(restored != 0 && core.version(restored) == version, "a snapshot is restored");
  claim(state_of(core, restored) == state, "and is the same again");
}

void project(Chat& core, std::string_view key, std::string_view before, std::string_view events) {
  const Handle view = core.view(key);
  claim(view != 0, "a view is opened", key);
  if (!core.project(view, before)) claim_json(core);
  if (!core.project(view, events)) claim_json(core);
  claim(core.view_bytes(view), "an open view has bytes");
  const std::string bytes = out_of(core);
  claim_json(core);
  core.project(view, events);
  const Handle loaded = core.load_view(bytes);
  claim(loaded != 0, "a stored view is loaded", core.out());
  claim(core.view_bytes(loaded) && core.out() == bytes, "and is the same again", bytes);
}

}  // namespace
}  // namespace crowbar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace crowbar::fuzz;
  const std::vector<char> bytes(data, data + size);
  const std::string_view input(bytes.data(), size);
  Chat core;
  fold(core, "channel-general", general(), input);
  fold(core, "channel-general", "", input);
  fold(core, "user-ada", "", input);
  for (const char* key : {"allchannels", "allusers", "channel/general", "messages/general/1", "messages/general/2"}) {
    project(core, key, "", input);
    project(core, key, general(), input);
  }
  const auto loaded = core.load_view(input);
  if (loaded == 0) {
    claim_json(core);
  } else {
    claim(core.view_bytes(loaded), "a loaded view has bytes");
    const std::string first = out_of(core);
    const auto again = core.load_view(first);
    claim(again != 0 && core.view_bytes(again) && core.out() == first, "what a view writes it loads", first);
    core.project(loaded, general());
  }
  return 0;
}
