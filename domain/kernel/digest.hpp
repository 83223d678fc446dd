// Texts that a state must tell apart but need not keep.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace crowbar {

/// 128 bits of a text, in two lanes that are mixed apart. Texts that differ by accident have different digests (the
/// chance of two alike among 10^9 is below 10^-20). It is no cryptographic hash: somebody who sets out to can make two
/// texts of their own collide, and then loses an edit of their own message, nobody else's.
struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(Digest, Digest) = default;

  /// The digest of what this one stands for, followed by `text`.
  Digest then(std::string_view text) const {
    constexpr std::uint64_t prime_low = 0xd6e8feb86659fd93U;
    constexpr std::uint64_t prime_high = 0xff51afd7ed558ccdU;
    Digest digest{(low ^ text.size()) * prime_low, (high + text.size()) * prime_high};
    const auto mix = [&digest](std::uint64_t word) {
      digest.low = (digest.low ^ word) * prime_low;
      digest.low ^= digest.low >> 29;
      digest.high = (digest.high + word) * prime_high;
      digest.high ^= digest.high >> 32;
    };
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, 8);
      mix(word);
    }
    std::uint64_t tail = 0;
    for (std::size_t i = 0; i < left; ++i) tail |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    mix(tail);
    mix(digest.low);
    return digest;
  }
};

}  // namespace crowbar
