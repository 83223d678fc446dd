// Texts that a state must tell apart but need not keep.
#pragma once

#include <cstdint>
#include <string_view>

#include "kernel/copy.hpp"

namespace crowbar {

/// 128 bits of a text, in two lanes that are mixed apart. Texts that differ by accident have different digests (the
/// chance of two alike among 10^9 is below 10^-20). It is no cryptographic hash: somebody who sets out to can make two
/// texts of their own collide, and then loses an edit of their own message, nobody else's.
struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(Digest, Digest) = default;

  static std::uint64_t word_at(const char* at) { return detail::word_at<std::uint64_t>(at); }

  /// The digest of what this one stands for, followed by `text`.
  Digest then(std::string_view text) const {
    constexpr std::uint64_t prime_low = 0xd6e8feb86659fd93U;
    constexpr std::uint64_t prime_high = 0xff51afd7ed558ccdU;
    Digest digest{(low ^ text.size() ^ prime_high) * prime_low, (high ^ text.size() ^ prime_low) * prime_high};
    // Sixteen bytes a step, eight to each lane, and each lane takes from the other before the next step.
    const auto mix = [&digest](std::uint64_t first, std::uint64_t second) {
      digest.low = (digest.low ^ first) * prime_low;
      digest.high = (digest.high ^ second) * prime_high;
      digest.low ^= digest.high >> 29;
      digest.high ^= digest.low >> 32;
    };
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 16; left -= 16, at += 16) mix(word_at(at), word_at(at + 8));
    char tail[16] = {};
    copy(tail, at, left);
    mix(word_at(tail), word_at(tail + 8));
    mix(digest.high, digest.low);
    mix(digest.high, digest.low);
    return digest;
  }
};

}  // namespace crowbar
