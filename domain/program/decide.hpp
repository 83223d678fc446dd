// Commands in, verdicts out: each on the state that the accepted ones before it have left.
#pragma once

#include "program/arguments.hpp"
#include "program/streams.hpp"

namespace crowbar::program {

template <class C>
class Decide {
 public:
  Decide(Core<C>& core, const Arguments& arguments) : core_(core), streams_(core), arguments_(arguments) {}

  /// Answers a process exit code.
  int run(const std::vector<Input>& given, const std::vector<Input>& commands) {
    bool clean = streams_.fold(given) == 0;
    each_input_line(commands, [&](std::string_view line, const Place& place) {
      decide(line);
      if (is_accepted(verdict_)) {
        print_accepted();
      } else {
        print_verdict();
        clean = is_wellformed(place) && clean;
      }
    });
    return clean ? all_read : some_malformed;
  }

 private:
  void decide(std::string_view line) {
    if (!arguments_.with_context) return decide_in(line, arguments_.context_json);
    CommandInContext both;
    if (!read_whole(line, Door::command, 3 * max_command_bytes, both, line_arena_, fault_)) return refuse(fault_);
    decide_in(both.command.bytes, both.context.bytes);
  }

  // The stream is read first, to know whose state to ask; the core then reads the command for itself.
  void decide_in(std::string_view command, std::string_view context) {
    if (!context_.read(context)) return refuse(context_.fault());
    CommandEnvelope envelope;
    if (!read_whole(command, Door::command, max_command_bytes, envelope, arena_, fault_)) return refuse(fault_);
    const Handle handle = streams_.open(envelope.stream.value);
    if (handle == 0) {
      verdict_ = "{\"accepted\":false,\"rejection\":";
      (verdict_ += core_.out()) += '}';
      return;
    }
    core_.decide(handle, command, context);
    verdict_ = core_.out();
    if (is_accepted(verdict_)) core_.apply(handle, verdict_);
  }

  void refuse(const Fault& fault) {
    Bytes out;
    write_refused(out, fault);
    verdict_ = out.view();
  }

  void print_accepted() {
    if (!arguments_.events_only) return print_verdict();
    each_event(verdict_, arena_, [](std::string_view event) {
      print(event);
      print("\n");
    });
  }
  void print_verdict() {
    if (arguments_.events_only && !is_accepted(verdict_)) return;
    print(verdict_);
    print("\n");
  }

  /// False, once it has been reported, where the input is to blame for the refusal, and no rule.
  bool is_wellformed(const Place& place) {
    RefusedVerdict refused;
    if (!read_answer(verdict_, refused, arena_)) return false;
    const Refusal& why = refused.rejection;
    const bool wellformed = !is_malformed(why.code);
    if (!wellformed || arguments_.events_only) {
      report(place, why.message, why.code, why.pointer.value_or(std::string_view{}));
    }
    return wellformed;
  }

  Core<C>& core_;
  Streams<C> streams_;
  const Arguments& arguments_;
  ContextReader context_;
  Arena arena_;
  Arena line_arena_;
  Fault fault_;
  std::string verdict_;
};

}  // namespace crowbar::program
