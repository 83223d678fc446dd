// The core for whoever has a shell or a C++ program, and no browser.
#include <cstdio>
#include <tuple>
#include <type_traits>

#include "program/arguments.hpp"
#include "program/bench.hpp"
#include "program/decide.hpp"
#include "program/session.hpp"
#include "program/view.hpp"
#include "registry/contexts.hpp"

namespace crowbar::program {
namespace {

template <class C>
int fold(Core<C>& core, const std::vector<Input>& inputs) {
  Streams<C> streams(core);
  const bool clean = streams.fold(inputs) == 0;
  Bytes out;
  for (const std::string& stream : streams.names()) {
    out.append("{\"stream\":");
    write_text(out, stream);
    out.append(",\"version\":");
    write_integer(out, core.version(streams.open(stream)));
    out.append("}\n");
  }
  print(out.view());
  return clean ? all_read : some_malformed;
}

template <class C>
int check(Core<C>& core, const std::vector<Input>& inputs) {
  bool clean = true;
  for (const Input& input : inputs) {
    const bool strict = core.check(input.bytes);
    clean = clean && strict;
    Bytes out;
    out.append("{\"input\":");
    write_text(out, input.name);
    out.append(strict ? ",\"strict\":true" : ",\"strict\":false,\"fault\":");
    out.append(core.out());
    out.append("}\n");
    print(out.view());
  }
  return clean ? all_read : some_malformed;
}

/// Answers batch after batch until standard input ends.
template <class C>
int hold_session(std::string_view domain) {
  Session<C> session(domain);
  std::string requests;
  std::string answers;
  std::size_t size = 0;
  while (std::scanf("%zu", &size) == 1 && std::getchar() == '\n') {
    requests.resize(size);
    if (std::fread(requests.data(), 1, size, stdin) != size) break;
    answers.clear();
    const bool understood = session.answer(requests, answers);
    print(std::to_string(answers.size()) + '\n');
    print(answers);
    if (!flush()) return input_or_output_failed;
    if (!understood) {
      std::fprintf(stderr, "crowbar-core: a request of the session is none\n");
      return usage_wrong;
    }
  }
  return std::feof(stdin) != 0 ? all_read : usage_wrong;
}

template <class C>
int perform(const Arguments& arguments) {
  if (arguments.task == Task::session) return hold_session<C>(arguments.domain);
  const auto inputs = read_inputs(arguments.files);
  const auto given = arguments.given.empty() ? std::vector<Input>{} : read_inputs(arguments.given);
  if (!inputs || !given) return input_or_output_failed;
  Core<C> core(arguments.domain);
  switch (arguments.task) {
    case Task::decide: return Decide<C>(core, arguments).run(*given, *inputs);
    case Task::fold: return fold(core, *inputs);
    case Task::view: return print_view(core, arguments.view, *inputs);
    case Task::check: return check(core, *inputs);
    case Task::bench: return Bench<C>(core, arguments).run(*given, *inputs);
    case Task::session:
    case Task::help:
    case Task::version: break;
  }
  return usage_wrong;
}

int misused(std::string_view why) {
  std::fprintf(stderr, "crowbar-core: %.*s. crowbar-core --help says more.\n", static_cast<int>(why.size()),
               why.data());
  return usage_wrong;
}

/// Performs the task in the context that is asked for.
int in_context(const Arguments& arguments) {
  int code = -1;
  const auto try_one = [&]<class C>(std::type_identity<C>) {
    if (code == -1 && (arguments.context.empty() || arguments.context == C::name)) code = perform<C>(arguments);
  };
  [&]<class... C>(std::type_identity<std::tuple<C...>>) {
    (try_one(std::type_identity<C>{}), ...);
  }(std::type_identity<registry::Contexts>{});
  return code == -1 ? misused("There is no context " + arguments.context) : code;
}

}  // namespace
}  // namespace crowbar::program

int main(int count, char** texts) {
  using namespace crowbar::program;  // NOLINT(google-build-using-namespace): the program's own
  std::string problem;
  const auto arguments = read_arguments(count, texts, problem);
  if (!arguments) return misused(problem);
  if (arguments->task == Task::help) {
    print(manual());
  } else if (arguments->task == Task::version) {
    print("crowbar-core " CROWBAR_VERSION "\n");
  } else if (const int code = in_context(*arguments); code != all_read) {
    return flush() ? code : input_or_output_failed;
  }
  return flush() ? all_read : input_or_output_failed;
}
