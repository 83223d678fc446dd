#include "program/input.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace crowbar::program {
namespace {

bool read_all(std::FILE* file, std::string& bytes) {
  std::string block(std::size_t{1} << 16, '\0');
  while (const std::size_t size = std::fread(block.data(), 1, block.size(), file)) bytes.append(block, 0, size);
  return std::ferror(file) == 0;
}

bool read_file(const std::string& name, std::string& bytes) {
  if (name == "-") return read_all(stdin, bytes);
  std::FILE* const file = std::fopen(name.c_str(), "rb");
  if (file == nullptr) return false;
  const bool read = read_all(file, bytes);
  std::fclose(file);
  return read;
}

int length(std::string_view text) { return static_cast<int>(text.size()); }

}  // namespace

std::optional<std::vector<Input>> read_inputs(const std::vector<std::string>& names) {
  std::vector<Input> inputs;
  const std::vector<std::string> standard{"-"};
  for (const std::string& name : names.empty() ? standard : names) {
    Input& input = inputs.emplace_back(Input{name, {}});
    if (read_file(name, input.bytes)) continue;
    std::fprintf(stderr, "crowbar-core: %s cannot be read: %s\n", name.c_str(), std::strerror(errno));
    return std::nullopt;
  }
  return inputs;
}

void report(const Place& place, std::string_view message, std::string_view code, std::string_view pointer) {
  const char* const at = pointer.empty() ? "" : " at ";
  std::fprintf(stderr, "%.*s:%lld: %.*s (%.*s%s%.*s)\n", length(place.input), place.input.data(),
               static_cast<long long>(place.line), length(message), message.data(), length(code), code.data(), at,
               length(pointer), pointer.data());
}

void print(std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

bool flush() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  std::fprintf(stderr, "crowbar-core: not all could be written: %s\n", std::strerror(errno));
  return false;
}

}  // namespace crowbar::program
