// Texts that come again and again (people, messages, emoji) as small numbers, counted from 0 in order of first sight.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/arena.hpp"

namespace crowbar {

/// A set of texts, each with its number. Finding and adding take constant time; numbers never change.
class Interner {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }

  /// The number of `text`, or `none`.
  std::uint32_t find(Text text) const;
  /// The number of `text`, which is added where it is new.
  std::uint32_t add(Text text);
  /// All numbers, in order of their texts' bytes.
  std::vector<std::uint32_t> sorted() const;

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t number = none;
  };

  std::uint32_t mask() const { return static_cast<std::uint32_t>(slots_.size()) - 1; }

  void grow();

  Arena arena_;
  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;
};

}  // namespace crowbar
