#include "chat/channel/reactions.hpp"

#include <cstring>

namespace crowbar::chat::channel {

std::uint32_t Reactions::count(const One& one, std::size_t size) const {
  const std::uint32_t number = keys_.find(key(one, size));
  return number == Interner::none ? 0 : counts_[number];
}

void Reactions::add(std::uint32_t message, std::string_view emoji, std::uint32_t person) {
  const One one{message, emoji_.add(emoji), person};
  // The first person makes an emoji more, and so on upwards.
  for (std::size_t size = of_person; size != 0; size -= sizeof(std::uint32_t)) {
    const std::uint32_t number = keys_.add(key(one, size));
    if (number == counts_.size()) counts_.push_back(0);
    if (counts_[number] != 0 && size == of_person) return;  // they have already
    if (counts_[number]++ != 0) return;
  }
}

void Reactions::remove(std::uint32_t message, std::string_view emoji, std::uint32_t person) {
  const One one{message, emoji_.find(emoji), person};
  if (count(one, of_person) == 0) return;
  for (std::size_t size = of_person; size != 0; size -= sizeof(std::uint32_t)) {
    if (--counts_[keys_.find(key(one, size))] != 0) return;
  }
}

bool Reactions::within(std::uint32_t messages, std::uint32_t people) const {
  if (counts_.size() != keys_.size()) return false;
  std::vector<std::uint32_t> counted(counts_.size());
  for (std::uint32_t number = 0; number < keys_.size(); ++number) {
    const std::string_view text = keys_[number];
    if (text.size() != of_message && text.size() != of_emoji && text.size() != of_person) return false;
    One one{};
    std::memcpy(&one, text.data(), text.size());
    if (one.message >= messages || one.emoji >= emoji_.size() || one.person >= people) return false;
    if (text.size() == of_person) counted[number] = counts_[number] == 0 ? 0 : 1;
    if (text.size() == of_message || counts_[number] == 0) continue;
    const std::uint32_t above = keys_.find(key(one, text.size() - sizeof(std::uint32_t)));
    if (above == Interner::none) return false;
    ++counted[above];
  }
  return counted == counts_;
}

}  // namespace crowbar::chat::channel
