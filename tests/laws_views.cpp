// What holds for every projection of every context, whatever its views show.
#include <set>

#include "generated.hpp"
#include "registry/contexts.hpp"
#include "wire.hpp"

namespace crowbar::tests {
namespace {

constexpr std::uint64_t seeds = 8;
constexpr int commands = 500;

/// One view of a context.
template <class C>
class Shown {
 public:
  explicit Shown(const std::string& key) : handle_(core_.view(key)) { REQUIRE(handle_ != 0); }

  /// Projects stored lines; where the view misses some, it goes back to the whole log for them.
  void hear(const std::string& lines, const std::string& log) {
    if (core_.project(handle_, lines)) return;
    REQUIRE(code_of(core_.out()) == "version_gap");
    REQUIRE(core_.project(handle_, log));
  }
  void store_and_load() {
    const std::string before = bytes();
    core_.close(handle_);
    handle_ = core_.load_view(before);
    INFO(core_.out());
    REQUIRE(handle_ != 0);
    REQUIRE(bytes() == before);
  }
  std::string bytes() {
    REQUIRE(core_.view_bytes(handle_));
    return std::string(core_.out());
  }

 private:
  Core<C> core_;
  Handle handle_;
};

// The keys of all views that the log touches.
template <class C>
std::set<std::string> keys_of(const std::vector<std::string>& log) {
  Core<C> core;
  std::set<std::string> keys;
  for (const std::string& event : log) {
    REQUIRE(core.view_keys(0, event));
    const std::string found(core.out());
    for (std::size_t at = found.find('"'); at != std::string::npos; at = found.find('"', at + 1)) {
      const std::size_t end = found.find('"', at + 1);
      keys.insert(found.substr(at + 1, end - at - 1));
      at = end;
    }
  }
  return keys;
}

template <class C, class Visit>
void each_view(Visit&& visit) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    Generated<C> generated(seed, commands);
    const std::string log = joined(generated.log());
    for (const std::string& key : keys_of<C>(generated.log())) {
      INFO(key << ", seed " << seed);
      Shown<C> whole(key);
      whole.hear(log, log);
      visit(key, generated, log, whole.bytes());
    }
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("generated histories touch views of every projection", "[laws][views]", registry::Contexts) {
  std::set<std::string> projections;
  each_view<TestType>([&](const std::string& key, auto&, const std::string&, const std::string& bytes) {
    projections.insert(key.substr(0, key.find('/')));
    CHECK(bytes.size() > 120);
  });
  CHECK(projections.size() == std::tuple_size_v<typename TestType::Projections>);
}

TEMPLATE_LIST_TEST_CASE("a view loaded from its bytes at every event is the replayed one", "[laws][views]",
                        registry::Contexts) {
  each_view<TestType>([](const std::string& key, auto& generated, const std::string& log, const std::string& whole) {
    Shown<TestType> stepwise(key);
    for (const std::string& line : generated.log()) {
      stepwise.hear(line, log);
      stepwise.store_and_load();
    }
    CHECK(stepwise.bytes() == whole);
  });
}

TEMPLATE_LIST_TEST_CASE("events delivered twice change nothing", "[laws][views]", registry::Contexts) {
  each_view<TestType>([](const std::string& key, auto& generated, const std::string& log, const std::string& whole) {
    Shown<TestType> twice(key);
    for (const std::string& line : generated.log()) twice.hear(concat(line, "\n", line), log);
    twice.hear(log, log);
    for (const std::string& line : generated.log()) {
      if (generated.dice().below(4) == 0) twice.hear(line, log);
    }
    CHECK(twice.bytes() == whole);
  });
}

TEMPLATE_LIST_TEST_CASE("events of different streams commute in every view", "[laws][views]", registry::Contexts) {
  each_view<TestType>([](const std::string& key, auto& generated, const std::string& log, const std::string& whole) {
    for (int times = 0; times < 4; ++times) {
      std::vector<std::vector<std::string>> streams;
      for (const auto& [name, lines] : generated.streams()) streams.push_back(lines);
      std::vector<std::size_t> next(streams.size());
      std::vector<std::string> order;
      while (order.size() < generated.log().size()) {
        const std::size_t stream = generated.dice().below(streams.size());
        if (next[stream] < streams[stream].size()) order.push_back(streams[stream][next[stream]++]);
      }
      Shown<TestType> shuffled(key);
      shuffled.hear(joined(order), log);
      CHECK(shuffled.bytes() == whole);
    }
  });
}

TEMPLATE_LIST_TEST_CASE("a view that only hears what touches it shows the same", "[laws][views]", registry::Contexts) {
  each_view<TestType>([](const std::string& key, auto& generated, const std::string& log, const std::string& whole) {
    Core<TestType> core;
    Shown<TestType> routed(key);
    for (const std::string& line : generated.log()) {
      REQUIRE(core.view_keys(0, line));
      if (core.out().find(concat("\"", key, "\"")) != std::string_view::npos) routed.hear(line, log);
    }
    const auto data = [](const std::string& bytes) { return bytes.substr(0, bytes.rfind(",\"checkpoint\":")); };
    CHECK(data(routed.bytes()) == data(whole));
  });
}

TEMPLATE_LIST_TEST_CASE("pages that are open together show what each shows by itself", "[laws][views]",
                        registry::Contexts) {
  each_view<TestType>([](const std::string& key, auto& generated, const std::string& log, const std::string& whole) {
    const std::size_t slash = key.rfind('/');
    Core<TestType> core;
    const std::string pages_key = key.substr(0, std::min(slash, key.size()));
    Handle pages = core.pages(pages_key, "");
    if (pages == 0) return;
    const auto number = static_cast<std::uint32_t>(std::stoul(key.substr(slash + 1)));
    for (const std::string& line : generated.log()) {
      REQUIRE(core.project(pages, line));
      if (generated.dice().below(8) != 0) continue;
      // They are stored and loaded again, which nothing may notice.
      std::string all;
      for (std::uint32_t page = 1; core.view_bytes(pages, page); ++page) all += std::string(core.out()) + '\n';
      core.close(pages);
      pages = core.pages(pages_key, all);
      INFO(core.out());
      REQUIRE(pages != 0);
      REQUIRE(core.project(pages, log.substr(0, log.find(line) + line.size())));
    }
    if (core.view_bytes(pages, number)) {
      CHECK(core.out() == whole);
    } else {
      CHECK(whole.starts_with("{\"data\":[]"));
    }
  });
}

}  // namespace crowbar::tests
