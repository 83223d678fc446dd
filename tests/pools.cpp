// That the pools know every kind of member, so that a new context's commands are generated as they stand.
#include "pools.hpp"

#include "kernel/unicode/text.hpp"
#include "wire.hpp"

namespace crowbar::tests {
namespace {

struct Part {
  std::int64_t grams = 0;
  static constexpr auto describe() {
    return record<Part>("part", "A part.", field("grams", &Part::grams, integer(7, 9), "its weight"));
  }
};

struct AnyThing;
struct Everything {
  bool flag = false;
  std::int64_t level = 0;
  std::string_view code;
  std::string_view letter;
  std::optional<std::int64_t> year;
  Id<AnyThing> thing;
  Uuid uuid;
  StreamName stream;
  Instant at;
  Raw raw;
  Part part;
  List<Part> parts;
  Dictionary<List<std::string_view>> words;
  static constexpr auto describe() {
    return record<Everything>(
        "everything", "One of each kind.", field("flag", &Everything::flag, ""),
        field("level", &Everything::level, integer(-5, max_integer), ""),
        field("code", &Everything::code, text(8, 8), ""), field("letter", &Everything::letter, text(1, 1), ""),
        field("year", &Everything::year, integer(1'900, 2'100), ""), field("thing", &Everything::thing, ""),
        field("uuid", &Everything::uuid, ""), field("stream", &Everything::stream, ""),
        field("at", &Everything::at, ""), field("raw", &Everything::raw, ""), field("part", &Everything::part, ""),
        field("parts", &Everything::parts, ""), field("words", &Everything::words, ""));
  }
};

}  // namespace

TEST_CASE("every kind of member is filled, integers within their bounds and most texts as well", "[generated]") {
  Dice dice(1);
  Pools pools(dice);
  int fitting = 0;
  std::int64_t highest = -6;
  std::size_t longest = 0;
  for (int n = 0; n < 1'000; ++n) {
    Everything everything;
    pools.fill(everything);
    const std::string bytes = canonical(everything);
    Arena memory;
    Fault fault;
    Reader reader(bytes, Door::command, memory, fault);
    Everything read;
    INFO(bytes);
    CHECK(read_value(reader, read));  // the reader judges integers and forms of ids
    if (unicode::count(everything.code) == 8 && unicode::count(everything.letter) == 1) ++fitting;
    highest = std::max(highest, everything.level);
    longest = std::max(longest, everything.parts.size());
  }
  CHECK(fitting > 500);
  CHECK(highest == max_integer);
  CHECK(longest == 3);
}

}  // namespace crowbar::tests
