// The scans that take sixteen bytes at a time agree with the plain ones on every byte at every place.
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "kernel/scan.hpp"

namespace scan = crowbar::scan;

namespace {

// A text in memory of its own, so that a sanitizer sees a read before or beyond it.
class Alone {
 public:
  explicit Alone(const std::string& text) : size_(text.size()), bytes_(new char[text.size()]) {
    std::copy(text.begin(), text.end(), bytes_.get());
  }
  std::string_view text() const { return {bytes_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> bytes_;
};

// What `each(text)` finds wrong in texts of the lengths 0..`longest` in which each byte stood at each place once.
template <class Each>
int wrong_with_every_byte(const std::string& start, std::size_t longest, Each&& each) {
  int wrong = 0;
  for (std::size_t size = 0; size <= longest; ++size) {
    std::string text = start.substr(0, size);
    text.resize(size, 'a');
    wrong += each(text) ? 0 : 1;
    for (std::size_t at = 0; at < size; ++at) {
      const char right = text[at];
      for (int byte = 0; byte < 256; ++byte) {
        text[at] = static_cast<char>(byte);
        wrong += each(text) ? 0 : 1;
      }
      text[at] = right;
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("an id is told by sixteen bytes at a time as by one", "[scan]") {
  CHECK(wrong_with_every_byte("", 50,
                              [](const std::string& text) { return scan::is_id(text) == crowbar::is_id(text); }) == 0);
  for (const std::size_t size : {127U, 128U, 129U, 144U}) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char byte : {'a', '-', '$', ' ', '\xE9', '\0', '/', '[', '`', '{', '@'}) {
        std::string text(size, 'z');
        text[at] = byte;
        CHECK(scan::is_id(text) == crowbar::is_id(text));
      }
    }
  }
}

TEST_CASE("a UUID is told by sixteen bytes at a time as by one", "[scan]") {
  CHECK(wrong_with_every_byte("018df4c1-4800-7000-8000-0123456789abcdef", 40, [](const std::string& text) {
          return scan::is_uuid(text) == crowbar::is_uuid(text);
        }) == 0);
  CHECK(scan::is_uuid("018df4c1-4800-7000-8000-0123456789ab"));
}

TEST_CASE("the first special byte is found at every place", "[scan]") {
  CHECK(wrong_with_every_byte("", 50, [](const std::string& text) {
          std::size_t plain = 0;
          while (plain < text.size() && !scan::is_special(text[plain])) ++plain;
          return scan::to_special(text.data(), text.data() + text.size()) == text.data() + plain;
        }) == 0);
}

TEST_CASE("special are the quote, the backslash, the controls and all that is not ASCII", "[scan]") {
  for (int byte = 0; byte < 256; ++byte) {
    const bool special = byte == '"' || byte == '\\' || byte < 0x20 || byte >= 0x80;
    CHECK(scan::is_special(static_cast<char>(byte)) == special);
  }
}

TEST_CASE("no scan reads beyond its text", "[scan]") {
  for (std::size_t size = 0; size < 70; ++size) {
    const Alone alone(std::string(size, 'a'));
    const std::string_view text = alone.text();
    CHECK(scan::to_special(text.data(), text.data() + size) == text.data() + size);
    CHECK(scan::is_id(text) == (size > 0));
    CHECK_FALSE(scan::is_uuid(text));
  }
}

TEST_CASE("of two special bytes the first is found", "[scan]") {
  for (std::size_t first = 0; first < 40; ++first) {
    for (std::size_t second = first + 1; second < 48; ++second) {
      std::string text(48, 'a');
      text[first] = '\xE9';
      text[second] = '"';
      CHECK(scan::to_special(text.data(), text.data() + text.size()) == text.data() + first);
    }
  }
}
