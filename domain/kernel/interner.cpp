#include "kernel/interner.hpp"

#include <algorithm>

#include "kernel/digest.hpp"

namespace crowbar {

namespace {

// What a text is looked up by; the low bits say where to begin.
[[gnu::noinline]] std::uint32_t tag_of(Text text) { return Digest::tag(text); }

}  // namespace

std::uint32_t Interner::find(Text text) const {
  if (slots_.empty()) return none;
  const std::uint32_t tag = tag_of(text);
  for (std::uint32_t slot = tag & mask();; slot = (slot + 1) & mask()) {
    const Slot& held = slots_[slot];
    if (held.number == none) return none;
    if (held.tag == tag && same(texts_[held.number], text)) return held.number;
  }
}

std::uint32_t Interner::add(Text text) {
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) grow();
  const std::uint32_t tag = tag_of(text);
  std::uint32_t slot = tag & mask();
  for (; slots_[slot].number != none; slot = (slot + 1) & mask()) {
    if (slots_[slot].tag == tag && same(texts_[slots_[slot].number], text)) return slots_[slot].number;
  }
  slots_[slot] = {tag, size()};
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
  std::vector<Slot> before(slots_.empty() ? 16 : slots_.size() * 2);
  before.swap(slots_);
  for (const Slot& held : before) {
    if (held.number == none) continue;
    std::uint32_t slot = held.tag & mask();
    while (slots_[slot].number != none) slot = (slot + 1) & mask();
    slots_[slot] = held;
  }
}

}  // namespace crowbar
