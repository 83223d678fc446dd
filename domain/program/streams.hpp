// The open streams of a run, by name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/core.hpp"
#include "program/answer.hpp"

namespace crowbar::program {

template <class C>
class Streams {
 public:
  explicit Streams(Core<C>& core) : core_(core) {}

  /// The handle of a stream, which is opened if it is not yet; 0, with the refusal in `core.out()`, where it has no
  /// name that an aggregate takes.
  Handle open(std::string_view stream) {
    if (const auto found = handles_.find(stream); found != handles_.end()) return found->second.handle;
    const Handle handle = core_.open(stream.substr(0, stream.find('-')), stream);
    if (handle == 0) return 0;
    handles_.emplace(stream, Open{handle});
    names_.emplace_back(stream);
    return handle;
  }

  /// Folds stored events of several streams. A stream halts at its first event that cannot be folded; the others go on.
  /// Answers how many events could not be read or folded.
  std::int64_t fold(const std::vector<Input>& inputs) {
    std::int64_t left_out = 0;
    each_input_line(inputs, [&](std::string_view line, const Place& place) {
      if (!fold_one(line, place)) ++left_out;
    });
    for (const auto& [name, open] : handles_) {
      if (open.after == 0) continue;
      std::fprintf(stderr, "%s halted at version %lld: %lld later events left out\n", name.c_str(),
                   static_cast<long long>(core_.version(open.handle)), static_cast<long long>(open.after));
    }
    return left_out;
  }

  /// In the order in which they came.
  const std::vector<std::string>& names() const { return names_; }

 private:
  struct Open {
    Handle handle;
    bool halted = false;
    std::int64_t after = 0;  ///< events that came after it had halted
  };

  bool fold_one(std::string_view line, const Place& place) {
    EventEnvelope envelope;
    Fault fault;
    if (!read_whole(line, Door::log, max_event_bytes, envelope, arena_, fault)) return refused(fault, place);
    const Handle handle = open(envelope.stream.value);
    if (handle == 0) return refused(place);
    Open& stream = handles_.find(envelope.stream.value)->second;
    if (stream.halted) return ++stream.after, false;
    if (core_.fold(handle, line)) return true;
    stream.halted = true;
    return refused(place);
  }

  bool refused(const Fault& fault, const Place& place) {
    Bytes out;
    write_fault(out, fault);
    return report_refusal(out.view(), place);
  }
  bool refused(const Place& place) { return report_refusal(core_.out(), place); }
  static bool report_refusal(std::string_view bytes, const Place& place) {
    Arena arena;
    Refusal refusal;
    if (read_answer(bytes, refusal, arena)) {
      report(place, refusal.message, refusal.code, refusal.pointer.value_or(std::string_view{}));
    }
    return false;
  }

  Core<C>& core_;
  std::map<std::string, Open, std::less<>> handles_;
  std::vector<std::string> names_;
  Arena arena_;
};

}  // namespace crowbar::program
