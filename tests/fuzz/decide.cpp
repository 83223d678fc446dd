// Commands of hostile bytes. The first line is the context, or nothing for bob's; the others are commands.
#include <cstdint>
#include <vector>

#include "channel.hpp"

namespace crowbar::fuzz {
namespace {

void decide(Chat& core, std::string_view stream, std::string_view before, std::string_view context,
            std::string_view commands) {
  const Handle one = core.open(stream.substr(0, stream.find('-')), stream);
  claim(core.fold(one, before), "the channel's beginning is folded", core.out());
  const Handle many = core.restore(state_of(core, one));
  claim(many != 0, "a snapshot is restored");
  std::string verdicts;
  for (std::string_view rest = commands; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string state = state_of(core, one);
    const std::int64_t version = core.version(one);
    claim(core.decide(one, line, context), "an open stream decides");
    const std::string verdict = out_of(core);
    claim_json(core);
    claim(core.decide(one, line, context) && core.out() == verdict, "decided twice it is the same", verdict);
    claim(state_of(core, one) == state, "deciding changes nothing", verdict);
    (verdicts += verdict) += '\n';
    if (!verdict.starts_with("{\"accepted\":true")) continue;
    claim(core.apply(one, verdict), "an accepted verdict is applied", core.out());
    const bool quiet = verdict.find("\"events\":[]") != std::string::npos;
    claim(core.version(one) == version + (quiet ? 0 : 1), "an event is a version", verdict);
    claim(core.decide(one, line, context), "an open stream decides");
    claim(core.out().starts_with("{\"accepted\":false") || core.out().find("\"events\":[]") != std::string_view::npos,
          "a command sent twice acts once", line);
  }
  if (!core.decide_many(many, commands, context)) return claim_json(core);
  claim(core.out() == verdicts, "many are decided as one by one", core.out());
  claim(state_of(core, many) == state_of(core, one), "and lead to the same state");
}

}  // namespace
}  // namespace crowbar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace crowbar::fuzz;
  const std::vector<char> bytes(data, data + size);
  const std::string_view input(bytes.data(), size);
  const std::string_view first = input.substr(0, input.find('\n'));
  const std::string_view commands = input.substr(std::min(input.size(), first.size() + 1));
  const std::string_view context = first.empty() ? R"({"at":1709208000000,"actor":{"id":"bob"}})" : first;
  Chat core;
  decide(core, "channel-general", general(), context, commands);
  decide(core, "user-bob", "", context, commands);
  return 0;
}
