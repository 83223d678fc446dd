#include "program/arguments.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/command_reader.hpp"
#include "kernel/writer.hpp"

namespace crowbar::program {
namespace {

bool is_hash(std::string_view text) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() == 64 && std::all_of(text.begin(), text.end(), hex);
}

bool read_number(std::string_view text, std::int64_t& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

/// Who acts and when, as the options say it part by part.
struct Circumstances {
  std::optional<std::int64_t> at;
  std::optional<std::string> actor;
  std::vector<std::string> roles;
  std::optional<std::string> facts;

  bool any() const { return at || actor || !roles.empty() || facts; }

  std::string json() const {
    Bytes out;
    out.append("{\"at\":");
    write_integer(out, *at);
    out.append(",\"actor\":{\"id\":");
    write_text(out, *actor);
    out.append(",\"roles\":[");
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (i != 0) out.push(',');
      write_text(out, roles[i]);
    }
    out.append("]}");
    if (facts) {
      out.append(",\"facts\":");
      out.append(*facts);
    }
    out.push('}');
    return std::string(out.view());
  }
};

/// The options one by one, and what is wrong with the first that is.
class Parser {
 public:
  Parser(int count, const char* const* texts) : texts_(texts + 1, texts + count) {}

  bool parse() {
    while (next_ < texts_.size()) {
      const std::string_view text = texts_[next_++];
      const bool is_file = options_ended_ || text == "-" || !text.starts_with('-');
      if (is_file) {
        arguments.files.emplace_back(text);
      } else if (text == "--") {
        options_ended_ = true;
      } else if (!flag(text) && !option(text)) {
        return false;
      }
    }
    return judge();
  }

  Arguments arguments;
  std::string problem;

 private:
  bool flag(std::string_view name) {
    if (name == "--fold") return task(Task::fold);
    if (name == "--check") return task(Task::check);
    if (name == "--session") return task(Task::session);
    if (name == "--help" || name == "-h") return task(Task::help);
    if (name == "--version") return task(Task::version);
    if (name == "--with-context") return arguments.with_context = true;
    if (name == "--events") return arguments.events_only = true;
    return false;
  }

  bool option(std::string_view text) {
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    std::string value;
    if (equals != std::string_view::npos) {
      value = text.substr(equals + 1);
    } else if (next_ < texts_.size()) {
      value = texts_[next_++];
    } else {
      return wrong(name, "is no option, or lacks its value");
    }
    if (name == "--view") return arguments.view = value, task(Task::view);
    if (name == "--bench") return arguments.bench = value, task(Task::bench);
    if (name == "--context") return arguments.context = value, true;
    if (name == "--context-json") return arguments.context_json = value, true;
    if (name == "--actor") return circumstances_.actor = value, true;
    if (name == "--role") return circumstances_.roles.push_back(value), true;
    if (name == "--facts") return circumstances_.facts = value, true;
    if (name == "--given") return arguments.given.push_back(value), true;
    if (name == "--at") return read_number(value, circumstances_.at.emplace()) || wrong(name, "wants milliseconds");
    if (name == "--rounds") {
      return (read_number(value, arguments.rounds) && arguments.rounds > 0) || wrong(name, "wants a number above 0");
    }
    if (name == "--domain") {
      arguments.domain = value;
      return is_hash(value) || wrong(name, "wants the 64 hexadecimal digits of a SHA-256, in lower case");
    }
    return wrong(name, "is no option");
  }

  // `--bench project --view KEY` is a measurement: --view only names the key there.
  bool task(Task task) {
    const bool asked = arguments.task != Task::decide;
    const bool measures = task == Task::bench || arguments.task == Task::bench;
    const bool names_view = task == Task::view || arguments.task == Task::view;
    if (asked && measures && names_view) {
      arguments.task = Task::bench;
    } else if (asked && task != Task::help) {
      return wrong("Only one", "of --fold, --view, --check, --session, --bench, --help and --version can be done");
    } else {
      arguments.task = task;
    }
    return true;
  }

  bool judge() {
    if (arguments.task == Task::help || arguments.task == Task::version) return true;
    if (circumstances_.any()) {
      if (!arguments.context_json.empty()) return wrong("--context-json", "already says who acts, when and with what");
      if (!circumstances_.at || !circumstances_.actor) return wrong("--at and --actor", "belong together");
      arguments.context_json = circumstances_.json();
    }
    if (!arguments.context_json.empty()) {
      ContextReader reader;
      if (!reader.read(arguments.context_json)) return faulty(reader.fault());
    }
    const bool decides =
        arguments.task == Task::decide || (arguments.task == Task::bench && arguments.bench.starts_with("decide"));
    if (decides && arguments.with_context == !arguments.context_json.empty()) {
      return wrong("Deciding", "wants either --at and --actor, or --context-json, or --with-context");
    }
    return true;
  }

  bool faulty(const Fault& fault) {
    return wrong("The context", "is malformed: " + std::string(describe(fault.code).code) + " at " + fault.pointer);
  }
  bool wrong(std::string_view what, std::string_view why) {
    if (problem.empty()) ((problem = what) += ' ') += why;
    return false;
  }

  std::vector<std::string_view> texts_;
  std::size_t next_ = 0;
  bool options_ended_ = false;
  Circumstances circumstances_;
};

}  // namespace

std::optional<Arguments> read_arguments(int count, const char* const* texts, std::string& problem) {
  Parser parser(count, texts);
  if (parser.parse()) return std::move(parser.arguments);
  problem = std::move(parser.problem);
  return std::nullopt;
}

}  // namespace crowbar::program
