// The types a described member may have, besides bool, std::int64_t, std::string_view, std::optional and other records.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace crowbar {

/// A text handed to a function. By reference, because wasm hands over a struct through memory: a std::string_view by
/// value is written there as two words, read at once as one of twice the size, and the processor waits for that longer
/// than many of these functions take (measured: 5 to 8 % of folding, projecting and deciding).
using Text = const std::string_view&;

/// The largest integer that JavaScript holds exactly: 2^53 - 1. No integer on the wire goes beyond it, in either sign.
inline constexpr std::int64_t max_integer = 9'007'199'254'740'991;

/// An identifier: 1..128 of `[A-Za-z0-9._:@~-]`, the first one of `[A-Za-z0-9_]`, so that it is safe in a stream's
/// name, a view's key, a URL and a file's name. `Tag` keeps a message's id from being handed over as a user's.
template <class Tag>
struct Id {
  std::string_view value;

  friend bool operator==(Id a, Id b) { return a.value == b.value; }
};

/// A moment: milliseconds since 1970-01-01T00:00:00Z, 0..2^53-1. Only a server's clock makes one.
struct Instant {
  std::int64_t ms = 0;

  friend bool operator==(Instant, Instant) = default;
};

/// A UUID in lower-case hexadecimal with dashes (RFC 9562). Version 7 is wanted, because it sorts by time; every
/// version is taken, because the rules need only that it is unique.
struct Uuid {
  std::string_view value;
};

/// The name of a stream: `<aggregate>-<id>`.
struct StreamName {
  std::string_view value;
};

/// A JSON value kept as its bytes, already checked by the strict reader, to be read later as what it turns out to be.
struct Raw {
  std::string_view bytes;
};

/// A JSON array.
template <class T>
using List = std::span<const T>;

/// A JSON object whose keys are data (a user's id, an emoji), in the order in which they stand.
template <class T>
struct Entry {
  std::string_view key;
  T value;
};
template <class T>
using Dictionary = std::span<const Entry<T>>;

/// The shape of an identifier; see `Id`.
[[gnu::noinline]] constexpr bool is_id(Text text) {
  if (text.empty() || text.size() > 128) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    const bool mark = c == '-' || c == '.' || c == ':' || c == '@' || c == '~';
    if (!word && (i == 0 || !mark)) return false;
  }
  return true;
}

/// The shape of a stream's name: an aggregate, which has no dash, and an id.
[[gnu::noinline]] constexpr bool is_stream(Text text) {
  const std::size_t dash = text.find('-');
  return dash != std::string_view::npos && is_id(text.substr(0, dash)) && is_id(text.substr(dash + 1));
}

/// Is this the name of a stream of `aggregate`?
constexpr bool is_stream_of(Text stream, Text aggregate) {
  return stream.size() > aggregate.size() + 1 && stream.starts_with(aggregate) && stream[aggregate.size()] == '-';
}

/// The shape of a UUID; see `Uuid`.
constexpr bool is_uuid(Text text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < 36; ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !hex) return false;
  }
  return text[19] == '8' || text[19] == '9' || text[19] == 'a' || text[19] == 'b';
}

}  // namespace crowbar
