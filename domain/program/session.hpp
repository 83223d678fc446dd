// The core over a pipe: every function of the core, with operands that may be any bytes. Whoever speaks this to the
// program and to a module can compare answer with answer, byte for byte.
//
//   batch    <size>\n<requests>              the answer to a batch: <size>\n<answers>
//   request  <operation> <slot>[ <size>…]\n<operands>\n
//   answer   yes <size>\n<bytes>\n  or  no <size>\n<bytes>\n
//
// Sizes are of bytes, in decimal. A slot is a number that the speaker chooses for what it opens. `no` is where the core
// refuses; the bytes then say why. A request that breaks these rules ends the session.
#pragma once

#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/core.hpp"
#include "program/answer.hpp"

namespace crowbar::program {

template <class C>
class Session {
 public:
  explicit Session(std::string_view domain) : core_(domain) {}

  /// Appends the answers to `answers`; false at a request that is none.
  bool answer(std::string_view requests, std::string& answers) {
    while (!requests.empty()) {
      Request request;
      if (!take(requests, request)) return false;
      bytes_.clear();
      bool known = false;
      const bool yes = perform(request, known);
      if (!known) return false;
      answers += yes ? "yes " : "no ";
      answers += std::to_string(bytes_.size());
      ((answers += '\n') += bytes_) += '\n';
    }
    return true;
  }

 private:
  struct Request {
    std::string_view operation;
    std::uint32_t slot = 0;
    std::array<std::string_view, 2> operands;
  };

  static bool take_number(std::string_view& text, std::size_t& number) {
    if (!text.starts_with(' ')) return false;
    const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return read.ec == std::errc{};
  }

  static bool take(std::string_view& requests, Request& request) {
    const std::size_t end = requests.find('\n');
    if (end == std::string_view::npos) return false;
    std::string_view head = requests.substr(0, end);
    requests.remove_prefix(end + 1);
    request.operation = head.substr(0, head.find(' '));
    head.remove_prefix(request.operation.size());
    std::size_t slot = 0;
    if (!take_number(head, slot) || slot >= most_slots) return false;
    request.slot = static_cast<std::uint32_t>(slot);
    for (std::size_t i = 0; !head.empty(); ++i) {
      std::size_t size = 0;
      if (i == request.operands.size() || !take_number(head, size) || size > requests.size()) return false;
      request.operands[i] = requests.substr(0, size);
      requests.remove_prefix(size);
    }
    if (!requests.starts_with('\n')) return false;
    requests.remove_prefix(1);
    return true;
  }

  bool perform(const Request& request, bool& known) {
    const auto& [first, second] = request.operands;
    const std::string_view name = request.operation;
    if (request.slot >= slots_.size()) slots_.resize(request.slot + 1, 0);
    Handle& slot = slots_[request.slot];
    known = true;
    if (name == "open") return opened(slot, core_.open(first, second));
    if (name == "restore") return opened(slot, core_.restore(first));
    if (name == "view") return opened(slot, core_.view(first));
    if (name == "load") return opened(slot, core_.load_view(first));
    if (name == "pages") return opened(slot, core_.pages(first, second));
    if (name == "fold") return told(core_.fold(slot, first));
    if (name == "apply") return told(core_.apply(slot, first));
    if (name == "decide") return told(core_.decide(slot, first, second));
    if (name == "many") return told(core_.decide_many(slot, first, second));
    if (name == "act") return act(slot, first, second);
    if (name == "version") return version(slot);
    if (name == "claims") return told(core_.claims(slot));
    if (name == "admits") return told(core_.admits(slot, first));
    if (name == "snapshot") return told(core_.snapshot(slot));
    if (name == "project") return told(core_.project(slot, first));
    if (name == "begin") return begin_after(slot, first, second);
    if (name == "bytes") return told(core_.view_bytes(slot));
    if (name == "page") return page(slot, first);
    if (name == "touched") return told(core_.touched(slot));
    if (name == "checkpoint") return told(core_.view_checkpoint(slot));
    if (name == "key") return told(core_.view_key(slot));
    if (name == "keys") return told(core_.view_keys(slot, first));
    if (name == "close") return told(core_.close(slot));
    if (name == "check") return told(core_.check(first));
    return known = false;
  }

  bool told(bool yes) {
    bytes_ = core_.out();
    return yes;
  }
  bool opened(Handle& slot, Handle handle) {
    slot = handle;
    return told(handle != 0);
  }
  /// Decides, and where the verdict is accepted, evolves.
  bool act(Handle slot, std::string_view command, std::string_view context) {
    if (!told(core_.decide(slot, command, context))) return false;
    return !is_accepted(bytes_) || core_.apply(slot, bytes_) || told(false);
  }
  bool version(Handle slot) {
    const std::int64_t version = core_.version(slot);
    bytes_ = std::to_string(version);
    return version >= 0;
  }
  bool begin_after(Handle slot, std::string_view stream, std::string_view version) {
    std::int64_t number = 0;
    std::from_chars(version.data(), version.data() + version.size(), number);
    return told(core_.begin_after(slot, stream, number));
  }

  bool page(Handle slot, std::string_view page) {
    std::uint32_t number = 0;
    std::from_chars(page.data(), page.data() + page.size(), number);
    return told(core_.view_bytes(slot, number));
  }

  static constexpr std::size_t most_slots = std::size_t{1} << 20;

  Core<C> core_;
  std::vector<Handle> slots_;
  std::string bytes_;
};

}  // namespace crowbar::program
