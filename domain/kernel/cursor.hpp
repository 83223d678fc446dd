// Where speculation stands in a text: it matches what our own writer emits, and says no to everything else. Small and
// inlined, so that a position is a register and a plain string is found without a call.
#pragma once

#include "kernel/reader.hpp"

namespace crowbar {

/// Reads ahead of a reader, which is moved at the end, or for what is not plain.
struct Cursor {
  Reader& reader;
  const char* at = reader.position();
  const char* end = reader.end();
  scan::Special special{};

  CROWBAR_INLINE bool is(char c) {
    if (at >= end || *at != c) return false;
    ++at;
    return true;
  }
  CROWBAR_INLINE bool is(Text literal) {
    if (static_cast<std::size_t>(end - at) < literal.size() || !same(at, literal.data(), literal.size())) return false;
    at += literal.size();
    return true;
  }
  CROWBAR_INLINE bool text(std::string_view& out) {
    if (!is('"')) return false;
    const char* const stop = scan::to_special(at, end, special);
    if (stop < end && *stop == '"') {
      out = {at, static_cast<std::size_t>(stop - at)};
      at = stop + 1;
      return true;
    }
    reader.go_to(at);
    if (!reader.string_rest(out)) return false;
    at = reader.position();
    return true;
  }
  /// Digits with nothing special about them; at most 15, so that no check against 2^53 is needed.
  CROWBAR_INLINE bool number(std::int64_t& out) {
    const char* const start = at;
    std::uint64_t value = 0;
    if (end - at >= 8 && scan::are_digits(at)) {
      value = scan::number_of_eight(at);
      at += 8;
    }
    while (at < end && at - start < 16 && *at >= '0' && *at <= '9') {
      value = value * 10 + static_cast<std::uint64_t>(*at++ - '0');
    }
    out = static_cast<std::int64_t>(value);
    const auto length = at - start;
    return length > 0 && length <= 15 && (length == 1 || *start != '0');
  }
  CROWBAR_INLINE bool integer(std::int64_t& out, std::int64_t min, std::int64_t max) {
    return number(out) && out >= min && out <= max;
  }
  CROWBAR_INLINE bool id(std::string_view& out) {
    return text(out) && (reader.door() != Door::command || scan::is_id(out));
  }
  CROWBAR_INLINE bool uuid(std::string_view& out) {
    return text(out) && (reader.door() != Door::command || scan::is_uuid(out));
  }
  /// What needs no speed, by `read(reader, …)`.
  template <class Read>
  CROWBAR_INLINE bool by_reader(Read&& read) {
    reader.go_to(at);
    const bool good = read();
    at = reader.position();
    return good;
  }
};

}  // namespace crowbar
