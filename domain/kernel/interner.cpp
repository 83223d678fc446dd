#include "kernel/interner.hpp"

#include <algorithm>

namespace crowbar {

[[gnu::noinline]] std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0x9e3779b97f4a7c15U ^ (text.size() * 0xff51afd7ed558ccdU);
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    hash = (hash ^ detail::word_at<std::uint64_t>(at)) * 0xd6e8feb86659fd93U;
    hash ^= hash >> 32;
  }
  char tail_bytes[8] = {};
  copy(tail_bytes, at, left);
  const auto tail = detail::word_at<std::uint64_t>(tail_bytes);
  hash = (hash ^ tail) * 0xd6e8feb86659fd93U;
  return hash ^ (hash >> 32);
}

std::uint32_t Interner::find(std::string_view text) const {
  if (slots_.empty()) return none;
  const std::uint64_t hash = hash_of(text);
  for (std::uint32_t slot = start(hash);; slot = (slot + 1) & mask()) {
    const Slot& held = slots_[slot];
    if (held.number == none) return none;
    if (held.tag == tag(hash) && same(texts_[held.number], text)) return held.number;
  }
}

std::uint32_t Interner::add(std::string_view text) {
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) grow();
  const std::uint64_t hash = hash_of(text);
  std::uint32_t slot = start(hash);
  for (; slots_[slot].number != none; slot = (slot + 1) & mask()) {
    if (slots_[slot].tag == tag(hash) && same(texts_[slots_[slot].number], text)) return slots_[slot].number;
  }
  slots_[slot] = {tag(hash), size()};
  texts_.push_back(arena_.keep(text));
  return slots_[slot].number;
}

std::vector<std::uint32_t> Interner::sorted() const {
  std::vector<std::uint32_t> order(texts_.size());
  for (std::uint32_t number = 0; number < size(); ++number) order[number] = number;
  std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
  return order;
}

void Interner::grow() {
  slots_.assign(slots_.empty() ? 16 : slots_.size() * 2, Slot{});
  for (std::uint32_t number = 0; number < size(); ++number) {
    const std::uint64_t hash = hash_of(texts_[number]);
    std::uint32_t slot = start(hash);
    while (slots_[slot].number != none) slot = (slot + 1) & mask();
    slots_[slot] = {tag(hash), number};
  }
}

}  // namespace crowbar
