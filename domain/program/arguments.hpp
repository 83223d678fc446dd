// What the command line asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowbar::program {

enum class Task : std::uint8_t { decide, fold, view, check, session, bench, help, version };

struct Arguments {
  Task task = Task::decide;
  std::string context;  ///< the name of a context; the first one where it is empty
  std::string domain;   ///< 64 hexadecimal digits, or empty
  std::string view;     ///< the key of a view
  std::string bench;    ///< the case to measure
  std::int64_t rounds = 31;
  bool with_context = false;
  bool events_only = false;
  std::string context_json;  ///< as given, or made of --at, --actor, --role and --facts; empty where none was given
  std::vector<std::string> given;
  std::vector<std::string> files;
};

/// Reads the command line. Where it is wrong, nothing, and `problem` says why in a sentence.
std::optional<Arguments> read_arguments(int count, const char* const* texts, std::string& problem);

/// Process exit codes; the manual says the same.
inline constexpr int all_read = 0;
inline constexpr int some_malformed = 1;
inline constexpr int usage_wrong = 2;
inline constexpr int input_or_output_failed = 3;

/// The manual that `--help` prints.
std::string_view manual();

}  // namespace crowbar::program
