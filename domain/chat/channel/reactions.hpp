// Who reacted to which message with which emoji.
#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <string_view>

#include "kernel/interner.hpp"

namespace crowbar::chat::channel {

/// The reactions of one channel, ordered by message and emoji, so that each question takes O(log n). A message and a
/// person are their numbers in the channel's state.
class Reactions {
 public:
  /// Has anybody reacted to `message` with `emoji`?
  bool has(std::uint32_t message, std::string_view emoji) const {
    const std::uint32_t number = emoji_.find(emoji);
    return number != Interner::none && any(message, number);
  }
  bool contains(std::uint32_t message, std::string_view emoji, std::uint32_t person) const {
    const std::uint32_t number = emoji_.find(emoji);
    return number != Interner::none && all_.contains({message, number, person});
  }
  /// How many different emoji `message` has: at most `most_emoji`, so counting them is a step each.
  std::uint32_t kinds(std::uint32_t message) const {
    std::uint32_t kinds = 0;
    for (auto at = all_.lower_bound({message, 0, 0}); at != all_.end() && at->message == message; ++kinds) {
      at = all_.lower_bound({message, at->emoji + 1, 0});
    }
    return kinds;
  }

  void add(std::uint32_t message, std::string_view emoji, std::uint32_t person) {
    all_.insert({message, emoji_.add(emoji), person});
  }
  void remove(std::uint32_t message, std::string_view emoji, std::uint32_t person) {
    all_.erase({message, emoji_.find(emoji), person});
  }
  void remove_all(std::uint32_t message) {
    all_.erase(all_.lower_bound({message, 0, 0}), all_.lower_bound({message + 1, 0, 0}));
  }

  /// Are all numbers below these?
  bool within(std::uint32_t messages, std::uint32_t people) const {
    for (const One& one : all_) {
      if (one.message >= messages || one.emoji >= emoji_.size() || one.person >= people) return false;
    }
    return true;
  }

  template <class Io, class R>
  friend void archive(Io& io, R& reactions) requires std::is_same_v<std::remove_const_t<R>, Reactions> {
    io(reactions.emoji_);
    auto count = static_cast<std::uint32_t>(reactions.all_.size());
    io(count);
    if constexpr (Io::loading) {
      for (; io.ok() && count > 0; --count) {
        One one{};
        io(one.message);
        io(one.emoji);
        io(one.person);
        reactions.all_.insert(reactions.all_.end(), one);
      }
    } else {
      for (const One& one : reactions.all_) {
        io(one.message);
        io(one.emoji);
        io(one.person);
      }
    }
  }

 private:
  struct One {
    std::uint32_t message;
    std::uint32_t emoji;
    std::uint32_t person;
    friend auto operator<=>(const One&, const One&) = default;
  };

  bool any(std::uint32_t message, std::uint32_t emoji) const {
    const auto at = all_.lower_bound({message, emoji, 0});
    return at != all_.end() && at->message == message && at->emoji == emoji;
  }

  Interner emoji_;
  std::set<One> all_;
};

}  // namespace crowbar::chat::channel
