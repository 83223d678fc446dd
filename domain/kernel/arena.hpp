// Memory that is given back all at once: what the reader unescapes, and what a handle's state keeps of its events.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "kernel/copy.hpp"

namespace crowbar {

/// A bump allocator. Addresses stay valid until `clear()` or the end of the arena.
class Arena {
 public:
  /// `size` bytes aligned to 8.
  char* allocate(std::size_t size) {
    size = (size + 7) & ~std::size_t{7};
    if (static_cast<std::size_t>(end_ - at_) < size) grow(size);
    char* memory = at_;
    at_ += size;
    return memory;
  }

  /// A copy of `text` that lives as long as the arena.
  std::string_view keep(Text text) {
    if (static_cast<std::size_t>(end_ - at_) < text.size()) grow(text.size());
    char* memory = at_;
    at_ += (text.size() + 7) & ~std::size_t{7};
    if (at_ > end_) at_ = end_;
    copy(memory, text.data(), text.size());
    return {memory, text.size()};
  }

  /// Forgets everything and keeps the first block for the next use.
  void clear() {
    if (blocks_.size() > 1) {
      blocks_.resize(1);
      sizes_.resize(1);
    }
    if (!blocks_.empty()) {
      at_ = blocks_.front().get();
      end_ = at_ + sizes_.front();
    }
  }

 private:
  static constexpr std::size_t first_block = std::size_t{4} << 10;
  static constexpr std::size_t largest_block = std::size_t{256} << 10;

  [[gnu::noinline]] void grow(std::size_t size) {
    std::size_t block = sizes_.empty() ? first_block : sizes_.back() * 2;
    if (block > largest_block) block = largest_block;
    if (block < size) block = size;
    blocks_.emplace_back(new char[block]);
    sizes_.push_back(block);
    at_ = blocks_.back().get();
    end_ = at_ + block;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::size_t> sizes_;
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace crowbar
