// Texts that come again and again (people, messages, emoji) as small numbers, counted from 0 in order of first sight.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/arena.hpp"

namespace crowbar {

/// A set of texts, each with its number. Finding and adding take constant time, and where somebody has chosen texts
/// that would all begin at one place of the table, at most `most_steps` and the square of a logarithm; numbers never
/// change.
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
  /// How many places and texts a search for `text` looks at, for specifications to count.
  std::uint32_t steps(Text text) const;

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t number = none;
  };

  std::uint32_t mask() const { return static_cast<std::uint32_t>(slots_.size()) - 1; }

  // The first place, then one further, then two, then three: places that are taken do not grow together to long runs.
  static constexpr std::uint32_t most_steps = 64;

  std::uint32_t find(Text text, std::uint32_t& steps) const;
  std::uint32_t find_late(Text text, std::uint32_t& steps) const;
  void add_late(std::uint32_t number);
  void merge(std::uint32_t* numbers, std::size_t left, std::size_t right, std::vector<std::uint32_t>& scratch) const;
  void place(Slot held);
  void grow();

  Arena arena_;
  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;
  // What found no place, ordered by text in runs: one of 2^k for each bit k of how many there are, the longest first.
  std::vector<std::uint32_t> late_;
};

}  // namespace crowbar
