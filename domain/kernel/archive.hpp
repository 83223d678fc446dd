// A snapshot's bytes: the parts of a state one after the other, little-endian, lengths first. One function of the
// aggregate, `archive(io, state)`, both saves and loads, so the two cannot differ. Only the module that wrote a
// snapshot reads it, so its layout is no contract and may change with every build.
#pragma once

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "kernel/interner.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

class Saver {
 public:
  static constexpr bool loading = false;
  explicit Saver(Bytes& out) : out_(out) {}

  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void operator()(const T& number) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &number, sizeof(T));  // every machine that we run on is little-endian; see Loader
    out_.append({bytes, sizeof(T)});
  }
  [[gnu::noinline]] void operator()(Text text) {
    (*this)(static_cast<std::uint32_t>(text.size()));
    out_.append(text);
  }
  [[gnu::noinline]] void operator()(const Interner& interner) {
    (*this)(interner.size());
    for (std::uint32_t i = 0; i < interner.size(); ++i) (*this)(interner[i]);
  }
  template <class T, class Each>
  void list(const std::vector<T>& items, Each&& each) {
    (*this)(static_cast<std::uint32_t>(items.size()));
    for (const T& item : items) each(*this, item);
  }

 private:
  Bytes& out_;
};

/// Reads what a Saver wrote. At the first thing that cannot be, `ok()` is false and all that follows is empty.
class Loader {
 public:
  static constexpr bool loading = true;
  explicit Loader(Text in) : in_(in) {}

  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void operator()(T& number) {
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
    number = T{};
    if (const std::string_view bytes = take(sizeof(T)); !bytes.empty()) std::memcpy(&number, bytes.data(), sizeof(T));
  }
  void operator()(bool& flag) {
    std::uint8_t byte = 0;
    (*this)(byte);
    ok_ = ok_ && byte <= 1;
    flag = byte == 1;
  }
  [[gnu::noinline]] void operator()(std::string& text) {
    std::uint32_t size = 0;
    (*this)(size);
    text = take(size);
  }
  [[gnu::noinline]] void operator()(Interner& interner) {
    std::uint32_t count = 0;
    (*this)(count);
    for (std::uint32_t i = 0; ok_ && i < count; ++i) {
      std::uint32_t size = 0;
      (*this)(size);
      const std::string_view text = take(size);
      if (ok_) ok_ = interner.add(text) == i;
    }
  }
  template <class T, class Each>
  void list(std::vector<T>& items, Each&& each) {
    std::uint32_t count = 0;
    (*this)(count);
    if (count > in_.size()) ok_ = false;  // an item takes at least a byte
    for (std::uint32_t i = 0; ok_ && i < count; ++i) each(*this, items.emplace_back());
  }

  bool ok() const { return ok_; }
  bool at_end() const { return in_.empty(); }

 private:
  // Called, not inlined: a snapshot is loaded once, and each member would bring a copy.
  [[gnu::noinline]] std::string_view take(std::size_t size) {
    if (size > in_.size()) ok_ = false;
    if (!ok_) return {};
    const std::string_view taken = in_.substr(0, size);
    in_.remove_prefix(size);
    return taken;
  }

  std::string_view in_;
  bool ok_ = true;
};

}  // namespace crowbar
