#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace crowbar::tests {

/// SplitMix64 (Steele, Lea, Flood 2014): a standard library's distributions differ between the libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  template <class Pool>
  const auto& one_of(const Pool& pool) {
    return pool[below(std::size(pool))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace crowbar::tests
