// A view in a specification: opened, shown events, and asked what it says.
#pragma once

#include "chat.hpp"
#include "wire.hpp"

namespace crowbar::tests {

class Viewed {
 public:
  explicit Viewed(std::string_view key) : handle_(core_.view(key)) { REQUIRE(handle_ != 0); }
  template <class A>
  Viewed(std::string_view key, const History<A>& history) : Viewed(key) {
    hears(lines(history));
  }

  /// Projects stored lines, and expects that they can be.
  Viewed& hears(const std::string& events) {
    const bool heard = core_.project(handle_, events);
    INFO(core_.out());
    CHECK(heard);
    return *this;
  }
  /// Projects stored lines, and answers why they cannot be: `{"code",…}`.
  std::string refuses(const std::string& events) {
    CHECK_FALSE(core_.project(handle_, events));
    return std::string(core_.out());
  }
  /// Says that nothing up to `version` of `stream` concerns the view.
  Viewed& begins_after(std::string_view stream, std::int64_t version) {
    CHECK(core_.begin_after(handle_, stream, version));
    return *this;
  }
  /// Stores the view and loads it again, which nothing may notice.
  Viewed& stored() {
    const std::string before = bytes();
    REQUIRE(core_.close(handle_));
    handle_ = core_.load_view(before);
    INFO(core_.out());
    REQUIRE(handle_ != 0);
    CHECK(bytes() == before);
    return *this;
  }

  std::string bytes() {
    REQUIRE(core_.view_bytes(handle_));
    return std::string(core_.out());
  }
  /// What stands in "data".
  std::string data() {
    const std::string all = bytes();
    return all.substr(8, all.rfind(",\"checkpoint\":") - 8);
  }
  std::string checkpoint() {
    REQUIRE(core_.view_checkpoint(handle_));
    return std::string(core_.out());
  }

 private:
  Chat core_;
  Handle handle_;
};

}  // namespace crowbar::tests
