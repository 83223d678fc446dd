// Writes what is generated from describe(), or says which files are not what they should be.
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "generate/catalog.hpp"
#include "generate/described.hpp"
#include "generate/objects.hpp"
#include "generate/schema.hpp"
#include "generate/typescript.hpp"
#include "registry/contexts.hpp"

namespace {

using crowbar::generate::context_of;
namespace fs = std::filesystem;

constexpr std::string_view help =
    R"(crowbar-generate DIR            writes into DIR what follows from the contexts' describe():
                                <context>.ts, <context>.catalog.ts, <context>.objects.ts,
                                <context>.schema.json, faults.ts
crowbar-generate DIR --check    writes nothing and names the files that differ
crowbar-generate --help         this

Exit code 0: done, or nothing differs. 1: a file differs or cannot be written. 2: the command line is wrong.
)";

struct File {
  std::string name;
  std::string text;
};

std::vector<File> files() {
  const auto faults = crowbar::generate::faults();
  std::vector<File> files{{"faults.ts", typescript(faults)}};
  crowbar::Each<crowbar::registry::Contexts>::all([&]<class C>(std::type_identity<C>) {
    const auto context = context_of<C>();
    const std::string name(C::name);
    files.push_back({name + ".ts", typescript(context)});
    files.push_back({name + ".catalog.ts", catalog(context, faults)});
    files.push_back({name + ".objects.ts", objects(context)});
    files.push_back({name + ".schema.json", schema(context, faults)});
  });
  return files;
}

bool holds(const fs::path& path, const std::string& text) {
  std::ifstream in(path, std::ios::binary);
  return in && std::string(std::istreambuf_iterator<char>(in), {}) == text;
}

// What is right already stays untouched, so that what is built from it is not built again.
bool write(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) std::cerr << "crowbar-generate: cannot write " << path.string() << '\n';
  return static_cast<bool>(out);
}

int run(const fs::path& folder, bool check) {
  bool good = true;
  if (!check) fs::create_directories(folder);
  for (const auto& [name, text] : files()) {
    const fs::path path = folder / name;
    if (holds(path, text)) continue;
    if (check) {
      std::cerr << path.string() << " differs from what describe() says; npm run generate writes it\n";
      good = false;
    } else {
      good = write(path, text) && good;
      std::cout << path.string() << '\n';
    }
  }
  return good ? 0 : 1;
}

}  // namespace

int main(int count, char** given) {
  bool check = false;
  std::vector<std::string_view> folders;
  for (const std::string_view word : std::vector<std::string_view>(given + 1, given + count)) {
    if (word == "--help") return std::cout << help, 0;
    if (word == "--check") {
      check = true;
    } else {
      folders.push_back(word);
    }
  }
  if (folders.size() != 1 || folders.front().starts_with('-')) return std::cerr << help, 2;
  try {
    return run(folders.front(), check);
  } catch (const std::exception& error) {
    std::cerr << "crowbar-generate: " << error.what() << '\n';
    return 1;
  }
}
