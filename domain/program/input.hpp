// Bytes from files and from standard input, their lines, and where a person finds a line that is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crowbar::program {

/// One input, read whole.
struct Input {
  std::string name;  ///< as on the command line; `-` for standard input
  std::string bytes;
};

/// Reads `names`, or standard input where there are none; nothing, once it has said why, where one cannot be read.
std::optional<std::vector<Input>> read_inputs(const std::vector<std::string>& names);

/// Where a line stands.
struct Place {
  std::string_view input;
  std::int64_t line;  ///< counted from 1
};

/// Calls `visit(line, place)` for each line that is not blank.
template <class Visit>
void each_input_line(const std::vector<Input>& inputs, Visit&& visit) {
  for (const Input& input : inputs) {
    std::string_view rest = input.bytes;
    for (std::int64_t number = 1; !rest.empty(); ++number) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) visit(line, Place{input.name, number});
    }
  }
}

/// Says on standard error what is wrong there: `commands.ndjson:3: The input is empty. (empty_input)`.
void report(const Place& place, std::string_view message, std::string_view code, std::string_view pointer);

/// Writes to standard output.
void print(std::string_view bytes);
/// Flushes standard output; false where not all of it could be written.
bool flush();

}  // namespace crowbar::program
