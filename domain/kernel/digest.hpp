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
    Digest digest = absorbed(text);
    digest.mix(digest.high, digest.low);
    digest.mix(digest.high, digest.low);
    return digest;
  }

  /// 32 bits to look a text up by: they need not be as good as a digest, and are there sooner.
  static std::uint32_t tag(Text text) {
    const Digest digest = Digest{}.absorbed(text);
    return static_cast<std::uint32_t>(((digest.low ^ digest.high) * prime_low) >> 32);
  }

 private:
  static constexpr std::uint64_t prime_low = 0xd6e8feb86659fd93U;
  static constexpr std::uint64_t prime_high = 0xff51afd7ed558ccdU;

  // Sixteen bytes, eight to each lane, and each lane takes from the other before the next step.
  CROWBAR_INLINE void mix(std::uint64_t first, std::uint64_t second) {
    low = (low ^ first) * prime_low;
    high = (high ^ second) * prime_high;
    low ^= high >> 29;
    high ^= low >> 32;
  }

  // The last step takes the last bytes whole, some of which the step before may have taken: the size is in the digest
  // already, so texts that differ are still told apart.
  CROWBAR_INLINE Digest absorbed(Text text) const {
    using detail::word_at;
    const char* at = text.data();
    const std::size_t size = text.size();
    Digest digest{(low ^ size ^ prime_high) * prime_low, (high ^ size ^ prime_low) * prime_high};
    if (size >= 16) {
      const char* const last = at + size - 16;
      for (; at < last; at += 16) digest.mix(word_at<std::uint64_t>(at), word_at<std::uint64_t>(at + 8));
      digest.mix(word_at<std::uint64_t>(last), word_at<std::uint64_t>(last + 8));
    } else if (size >= 8) {
      digest.mix(word_at<std::uint64_t>(at), word_at<std::uint64_t>(at + size - 8));
    } else if (size >= 4) {
      digest.mix(word_at<std::uint32_t>(at), word_at<std::uint32_t>(at + size - 4));
    } else if (size != 0) {
      const std::uint64_t middle = word_at<std::uint8_t>(at + size / 2);
      digest.mix(word_at<std::uint8_t>(at), middle << 8 | word_at<std::uint8_t>(at + size - 1));
    }
    return digest;
  }
};

}  // namespace crowbar
