// The verdict on each of the 318 files of JSONTestSuite (github.com/nst/JSONTestSuite), as written down in
// json_test_suite/verdicts.tsv. The same table is asked of the module in node/json_test_suite.test.mjs.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "kernel/reader.hpp"

namespace {

struct Verdict {
  std::string code;
  std::string reason;
};

std::filesystem::path folder() { return std::filesystem::path(__FILE__).parent_path() / "json_test_suite"; }

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string repeated(std::string_view text, int times) {
  std::string repeated;
  for (int n = 0; n < times; ++n) repeated += text;
  return repeated;
}

// Two files are as large as the other 316 together and only say one thing very often: they are made here.
const std::map<std::string, std::string>& made() {
  static const std::map<std::string, std::string> made{
      {"n_structure_100000_opening_arrays.json", repeated("[", 100'000)},
      {"n_structure_open_array_object.json", repeated("[{\"\":", 50'000) + "\n"},
  };
  return made;
}

const std::map<std::string, Verdict>& verdicts() {
  static const std::map<std::string, Verdict> verdicts = [] {
    std::map<std::string, Verdict> read;
    std::istringstream lines(bytes_of(folder() / "verdicts.tsv"));
    std::string line;
    for (std::getline(lines, line); std::getline(lines, line);) {
      std::istringstream columns(line);
      std::string file;
      Verdict verdict;
      std::getline(columns, file, '\t');
      std::getline(columns, verdict.code, '\t');
      std::getline(columns, verdict.reason);
      read[file] = verdict;
    }
    return read;
  }();
  return verdicts;
}

}  // namespace

TEST_CASE("there is a verdict on every file of JSONTestSuite", "[json_test_suite]") {
  std::size_t files = made().size();
  for (const auto& entry : std::filesystem::directory_iterator(folder() / "test_parsing")) {
    INFO(entry.path().filename().string());
    CHECK(verdicts().contains(entry.path().filename().string()));
    ++files;
  }
  CHECK(files == 318);
  CHECK(verdicts().size() == 318);
}

TEST_CASE("each file of JSONTestSuite gets the verdict that is written down", "[json_test_suite]") {
  for (const auto& [file, verdict] : verdicts()) {
    INFO(file);
    const bool is_made = made().contains(file);
    const std::string bytes = is_made ? made().at(file) : bytes_of(folder() / "test_parsing" / file);
    const crowbar::Fault fault = crowbar::check_json(bytes);
    const std::string_view code = fault ? describe(fault.code).code : "accepted";
    CHECK(code == verdict.code);
  }
}

TEST_CASE("what no parser accepts is refused; what every parser accepts is refused only with a reason",
          "[json_test_suite]") {
  int refused = 0;
  for (const auto& [file, verdict] : verdicts()) {
    INFO(file);
    const bool accepted = verdict.code == "accepted";
    if (file.starts_with("n_")) CHECK_FALSE(accepted);
    if (!file.starts_with("y_") || accepted) continue;
    ++refused;
    CHECK_FALSE(verdict.reason.empty());
    const bool on_purpose = verdict.code == "lone_surrogate" || verdict.code == "noncharacter" ||
                            verdict.code == "not_an_integer" || verdict.code == "negative_zero" ||
                            verdict.code == "duplicate_key";
    CHECK(on_purpose);
  }
  CHECK(refused == 27);
}
