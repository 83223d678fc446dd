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

  /// The digest of what this one stands for, followed by `text`.
  Digest then(Text text) const {
    using detail::word_at;
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
    // The last step takes the last bytes whole, some of which the step before may have taken: the size is in the digest
    // already, so texts that differ are still told apart.
    const char* at = text.data();
    const std::size_t size = text.size();
    if (size >= 16) {
      const char* const last = at + size - 16;
      for (; at < last; at += 16) mix(word_at<std::uint64_t>(at), word_at<std::uint64_t>(at + 8));
      mix(word_at<std::uint64_t>(last), word_at<std::uint64_t>(last + 8));
    } else if (size >= 8) {
      mix(word_at<std::uint64_t>(at), word_at<std::uint64_t>(at + size - 8));
    } else if (size >= 4) {
      mix(word_at<std::uint32_t>(at), word_at<std::uint32_t>(at + size - 4));
    } else if (size != 0) {
      const std::uint64_t middle = word_at<std::uint8_t>(at + size / 2);
      mix(word_at<std::uint8_t>(at), middle << 8 | word_at<std::uint8_t>(at + size - 1));
    }
    mix(digest.high, digest.low);
    mix(digest.high, digest.low);
    return digest;
  }
};

}  // namespace crowbar
