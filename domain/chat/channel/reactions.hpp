// Who reacted to which message with which emoji.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/interner.hpp"

namespace crowbar::chat::channel {

/// The reactions of one channel: each question takes as long as to find a text. A message and a person are their
/// numbers in the channel's state.
class Reactions {
 public:
  /// Has anybody reacted to `message` with `emoji`?
  bool has(std::uint32_t message, std::string_view emoji) const {
    return count({message, emoji_.find(emoji), 0}, of_emoji) != 0;
  }
  bool contains(std::uint32_t message, std::string_view emoji, std::uint32_t person) const {
    return count({message, emoji_.find(emoji), person}, of_person) != 0;
  }
  /// How many different emoji `message` has.
  std::uint32_t kinds(std::uint32_t message) const { return count({message, 0, 0}, of_message); }

  void add(std::uint32_t message, std::string_view emoji, std::uint32_t person);
  void remove(std::uint32_t message, std::string_view emoji, std::uint32_t person);

  /// Are all numbers below these, and all counts right?
  bool within(std::uint32_t messages, std::uint32_t people) const;

  template <class Io, class R>
  friend void archive(Io& io, R& reactions) requires std::is_same_v<std::remove_const_t<R>, Reactions> {
    io(reactions.emoji_);
    io(reactions.keys_);
    io.list(reactions.counts_, [](auto& each, auto& count) { each(count); });
  }

 private:
  struct One {
    std::uint32_t message;
    std::uint32_t emoji;
    std::uint32_t person;
  };
  // The bytes of the first one, two or three numbers are a key.
  static constexpr std::size_t of_message = 4;
  static constexpr std::size_t of_emoji = 8;
  static constexpr std::size_t of_person = 12;

  static std::string_view key(const One& one, std::size_t size) { return {reinterpret_cast<const char*>(&one), size}; }
  std::uint32_t count(const One& one, std::size_t size) const;

  Interner emoji_;
  Interner keys_;
  /// By number of the key: of a message its emoji, of its emoji the people, of a person 1, or 0 where it was taken
  /// back.
  std::vector<std::uint32_t> counts_;
};

}  // namespace crowbar::chat::channel
