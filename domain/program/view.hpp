// Stored events in, a view out.
#pragma once

#include <set>

#include "program/arguments.hpp"
#include "program/streams.hpp"

namespace crowbar::program {

/// Projects the events of `inputs` to the view of `key` and prints it. A stream halts at its first event that cannot be
/// projected; the others go on. Answers a process exit code.
template <class C>
int print_view(Core<C>& core, const std::string& key, const std::vector<Input>& inputs) {
  const Handle handle = core.view(key);
  if (handle == 0) {
    std::fprintf(stderr, "crowbar-core: there is no view \"%s\"\n", key.c_str());
    return usage_wrong;
  }
  Arena arena;
  std::set<std::string, std::less<>> halted;
  bool clean = true;
  each_input_line(inputs, [&](std::string_view line, const Place& place) {
    EventEnvelope envelope;
    Fault fault;
    const bool read = read_whole(line, Door::log, max_event_bytes, envelope, arena, fault);
    if (read && halted.contains(envelope.stream.value)) return;
    if (core.project(handle, line)) return;
    clean = false;
    if (read) halted.emplace(envelope.stream.value);
    Refusal refusal;
    const std::string why(core.out());
    if (read_answer(why, refusal, arena)) {
      report(place, refusal.message, refusal.code, refusal.pointer.value_or(std::string_view{}));
    }
  });
  core.view_bytes(handle);
  print(core.out());
  print("\n");
  return clean ? all_read : some_malformed;
}

}  // namespace crowbar::program
