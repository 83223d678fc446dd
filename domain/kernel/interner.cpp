#include "kernel/interner.hpp"

#include <algorithm>
#include <bit>

#include "kernel/digest.hpp"

namespace crowbar {

namespace {

// What a text is looked up by; the low bits say where to begin. Everybody can compute it, so everybody can choose texts
// that begin at the same place.
[[gnu::noinline]] std::uint32_t tag_of(Text text) { return Digest::tag(text); }

[[gnu::noinline]] bool before(Text a, Text b) { return a < b; }

}  // namespace

CROWBAR_INLINE std::uint32_t Interner::find(Text text, std::uint32_t& steps) const {
  if (slots_.empty()) return none;
  const std::uint32_t tag = tag_of(text);
  const Slot* const slots = slots_.data();
  const std::uint32_t mask = this->mask();
  for (std::uint32_t at = tag; steps < most_steps; at += ++steps) {
    const Slot& held = slots[at & mask];
    if (held.number == none) break;
    if (held.tag == tag && same(texts_[held.number], text)) return held.number;
  }
  return late_.empty() ? none : find_late(text, steps);
}

std::uint32_t Interner::find(Text text) const {
  std::uint32_t steps = 0;
  return find(text, steps);
}

std::uint32_t Interner::steps(Text text) const {
  std::uint32_t steps = 0;
  find(text, steps);
  return steps;
}

std::uint32_t Interner::add(Text text) {
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) grow();
  const std::uint32_t tag = tag_of(text);
  Slot* const slots = slots_.data();
  const std::uint32_t mask = this->mask();
  Slot* free = nullptr;
  std::uint32_t steps = 0;
  for (std::uint32_t at = tag; steps < most_steps; at += ++steps) {
    Slot& held = slots[at & mask];
    if (held.number == none) {
      free = &held;
      break;
    }
    if (held.tag == tag && same(texts_[held.number], text)) return held.number;
  }
  if (!late_.empty()) {
    if (const std::uint32_t number = find_late(text, steps); number != none) return number;
  }
  const std::uint32_t number = size();
  texts_.push_back(arena_.keep(text));
  if (free != nullptr) {
    *free = {tag, number};
  } else {
    add_late(number);
  }
  return number;
}

std::uint32_t Interner::find_late(Text text, std::uint32_t& steps) const {
  std::size_t from = 0;
  for (std::size_t run = std::bit_floor(late_.size()); run != 0; run /= 2) {
    if ((late_.size() & run) == 0) continue;
    std::size_t at = from;
    for (std::size_t half = run / 2; half != 0; half /= 2, ++steps) {  // the last that is not after `text`
      if (!before(text, texts_[late_[at + half]])) at += half;
    }
    if (++steps; same(texts_[late_[at]], text)) return late_[at];
    from += run;
  }
  return none;
}

void Interner::add_late(std::uint32_t number) {
  const std::size_t size = late_.size();
  late_.push_back(number);
  std::vector<std::uint32_t> scratch;
  for (std::size_t run = 1; (size & run) != 0; run *= 2) merge(&late_.back() + 1 - 2 * run, run, run, scratch);
}

// Two ordered runs, one after the other, become one.
void Interner::merge(std::uint32_t* numbers, std::size_t left, std::size_t right,
                     std::vector<std::uint32_t>& scratch) const {
  scratch.assign(numbers, numbers + left);
  std::uint32_t* second = numbers + left;
  const std::uint32_t* const end = second + right;
  for (const std::uint32_t first : scratch) {
    while (second != end && before(texts_[*second], texts_[first])) *numbers++ = *second++;
    *numbers++ = first;
  }
}

// From the bottom up: not more comparisons of texts than std::sort makes, and a fraction of its code.
std::vector<std::uint32_t> Interner::sorted() const {
  std::vector<std::uint32_t> order(texts_.size());
  std::vector<std::uint32_t> scratch;
  for (std::uint32_t number = 0; number < size(); ++number) order[number] = number;
  for (std::size_t run = 1; run < order.size(); run *= 2) {
    for (std::size_t from = 0; from + run < order.size(); from += 2 * run) {
      merge(&order[from], run, std::min(run, order.size() - from - run), scratch);
    }
  }
  return order;
}

void Interner::place(Slot held) {
  std::uint32_t at = held.tag;
  for (std::uint32_t step = 0; step < most_steps; at += ++step) {
    Slot& slot = slots_[at & mask()];
    if (slot.number != none) continue;
    slot = held;
    return;
  }
  add_late(held.number);
}

void Interner::grow() {
  std::vector<Slot> slots(slots_.empty() ? 16 : slots_.size() * 2);
  std::vector<std::uint32_t> late;
  slots.swap(slots_);
  late.swap(late_);
  for (const Slot& held : slots) {
    if (held.number != none) place(held);
  }
  for (const std::uint32_t number : late) place({tag_of(texts_[number]), number});
}

}  // namespace crowbar
