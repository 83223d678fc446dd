// Texts that come again and again (people, messages, emoji) as small numbers, counted from 0 in order of first sight.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/arena.hpp"

namespace crowbar {

/// 64 bits that differ where the bytes differ, well enough for a table. The same on every machine.
inline std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0x9e3779b97f4a7c15U ^ (text.size() * 0xff51afd7ed558ccdU);
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * 0xd6e8feb86659fd93U;
    hash ^= hash >> 32;
  }
  std::uint64_t tail = 0;
  for (std::size_t i = 0; i < left; ++i) tail |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  hash = (hash ^ tail) * 0xd6e8feb86659fd93U;
  return hash ^ (hash >> 32);
}

/// A set of texts, each with its number. Finding and adding take constant time; numbers never change.
class Interner {
 public:
  static constexpr std::uint32_t none = 0xffff'ffff;

  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }

  /// The number of `text`, or `none`.
  std::uint32_t find(std::string_view text) const {
    if (slots_.empty()) return none;
    const std::uint64_t hash = hash_of(text);
    for (std::uint32_t slot = start(hash);; slot = (slot + 1) & mask()) {
      const Slot& held = slots_[slot];
      if (held.number == none) return none;
      if (held.tag == tag(hash) && texts_[held.number] == text) return held.number;
    }
  }

  /// The number of `text`, which is added where it is new.
  std::uint32_t add(std::string_view text) {
    if ((texts_.size() + 1) * 4 > slots_.size() * 3) grow();
    const std::uint64_t hash = hash_of(text);
    std::uint32_t slot = start(hash);
    for (; slots_[slot].number != none; slot = (slot + 1) & mask()) {
      if (slots_[slot].tag == tag(hash) && texts_[slots_[slot].number] == text) return slots_[slot].number;
    }
    slots_[slot] = {tag(hash), size()};
    texts_.push_back(arena_.keep(text));
    return slots_[slot].number;
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t number = none;
  };

  static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  std::uint32_t mask() const { return static_cast<std::uint32_t>(slots_.size()) - 1; }
  std::uint32_t start(std::uint64_t hash) const { return static_cast<std::uint32_t>(hash) & mask(); }

  void grow() {
    slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, Slot{});
    for (std::uint32_t number = 0; number < size(); ++number) {
      const std::uint64_t hash = hash_of(texts_[number]);
      std::uint32_t slot = start(hash);
      while (slots_[slot].number != none) slot = (slot + 1) & mask();
      slots_[slot] = {tag(hash), number};
    }
  }

  Arena arena_;
  std::vector<std::string_view> texts_;
  std::vector<Slot> slots_;
};

}  // namespace crowbar
