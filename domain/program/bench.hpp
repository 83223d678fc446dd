// What the core takes natively, over the same bytes that the module is measured with.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "program/arguments.hpp"
#include "program/streams.hpp"

namespace crowbar::program {

template <class C>
class Bench {
 public:
  Bench(Core<C>& core, const Arguments& arguments) : core_(core), arguments_(arguments) {}

  /// Answers a process exit code.
  int run(const std::vector<Input>& given, const std::vector<Input>& inputs) {
    for (const Input& input : inputs) bytes_ += input.bytes;
    const std::string& name = arguments_.bench;
    if (name == "fold") return fold();
    if (name == "project") return project();
    if (name != "decide_bytes" && name != "decide_batch") return failed("there is no case " + name);
    each_input_line(inputs, [&](std::string_view line, const Place&) { commands_.push_back(line); });
    if (commands_.empty()) return failed("there is no command");
    Streams<C> streams(core_);
    if (streams.fold(given) != 0) return some_malformed;
    CommandEnvelope command;
    const bool any = read_stream(commands_.front(), command);
    const Handle handle = any ? streams.open(command.stream.value) : 0;
    if (handle == 0) return failed("the first command names no stream");
    return name == "decide_bytes" ? decide(handle) : decide_batch(handle);
  }

 private:
  using Nanoseconds = std::chrono::nanoseconds;

  /// The median of the rounds of `timed`, each after an untimed `prepare`, over `count` things, as a line of JSON.
  template <class Prepare, class Timed>
  int measure(std::size_t things, std::size_t per, Prepare&& prepare, Timed&& timed) {
    std::vector<double> rounds;
    for (std::int64_t i = 0; i < arguments_.rounds; ++i) {
      prepare();
      const auto start = std::chrono::steady_clock::now();
      if (!timed()) return failed(core_.out());
      const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
      rounds.push_back(took.count() / static_cast<double>(per));
    }
    std::nth_element(rounds.begin(), rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 2), rounds.end());
    std::printf("{\"case\":\"%s\",\"ns\":%.1f,\"count\":%zu,\"rounds\":%zu}\n", arguments_.bench.c_str(),
                rounds[rounds.size() / 2], things, rounds.size());
    return all_read;
  }

  int decide(Handle handle) {
    const std::string& context = arguments_.context_json;
    return measure(
        commands_.size(), commands_.size(), [] {},
        [&] {
          bool ok = true;
          for (const std::string_view command : commands_) ok = core_.decide(handle, command, context) && ok;
          return ok;
        });
  }

  // Accepted commands evolve the state, so each round begins at the same one, restored before the clock runs.
  int decide_batch(Handle start) {
    constexpr std::size_t batch = 64;
    std::vector<std::string> batches;
    for (std::size_t i = 0; i < commands_.size(); ++i) {
      if (i % batch == 0) batches.emplace_back();
      (batches.back() += commands_[i]) += '\n';
    }
    core_.snapshot(start);
    const std::string snapshot(core_.out());
    Handle handle = 0;
    return measure(
        commands_.size(), commands_.size(),
        [&] {
          if (handle != 0) core_.close(handle);
          handle = core_.restore(snapshot);
        },
        [&] {
          bool ok = true;
          for (const std::string& each : batches) ok = core_.decide_many(handle, each, arguments_.context_json) && ok;
          return ok;
        });
  }

  int fold() {
    EventEnvelope event;
    if (!read_stream(first_line(), event)) return failed("there is no event");
    const std::string stream(event.stream.value);
    Handle handle = 0;
    return measure(
        lines(), 1,
        [&] {
          if (handle != 0) core_.close(handle);
          handle = core_.open(stream.substr(0, stream.find('-')), stream);
        },
        [&] { return core_.fold(handle, bytes_); });
  }

  int project() {
    Handle handle = 0;
    return measure(
        lines(), 1,
        [&] {
          if (handle != 0) core_.close(handle);
          handle = core_.view(arguments_.view);
        },
        [&] { return core_.project(handle, bytes_) && core_.view_bytes(handle); });
  }

  template <class Envelope>
  bool read_stream(std::string_view line, Envelope& envelope) {
    Fault fault;
    return read_whole(line, Door::log, max_event_bytes, envelope, arena_, fault);
  }
  std::string_view first_line() const { return std::string_view(bytes_).substr(0, bytes_.find('\n')); }
  std::size_t lines() const { return static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), '\n')); }

  static int failed(std::string_view why) {
    std::fprintf(stderr, "crowbar-core: %.*s\n", static_cast<int>(why.size()), why.data());
    return some_malformed;
  }

  Core<C>& core_;
  const Arguments& arguments_;
  std::string bytes_;
  std::vector<std::string_view> commands_;
  Arena arena_;
};

}  // namespace crowbar::program
