// The fast path in front of the general reader: match the layout that our own writer emits, byte for byte.
//
// It accepts a subset of what the general reader accepts and reads it to the same values; wherever it does not match it
// answers false, nothing is decided, and the general reader starts again from the same place. It reports no fault of
// its own, so there is one place where faults are worded.
#pragma once

#include "kernel/typed_reader.hpp"

namespace crowbar {

template <Door door, Described R>
bool speculate(Reader& reader, R& out);

/// Digits with nothing special about them; at most 15, so that no check of range is needed.
inline bool speculate_digits(Reader& reader, std::int64_t& out) {
  const char* at = reader.position();
  const char* const end = reader.end();
  std::int64_t value = 0;
  const char* const start = at;
  while (at < end && *at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
  const auto length = at - start;
  if (length == 0 || length > 15 || (length > 1 && *start == '0')) return false;
  out = value;
  reader.go_to(at);
  return true;
}

template <Door door>
bool speculate(Reader& reader, std::string_view& out) {
  return reader.match('"') && reader.string_rest(out);
}
template <Door door>
bool speculate(Reader& reader, std::int64_t& out) {
  return speculate_digits(reader, out);
}
template <Door door>
bool speculate(Reader& reader, Instant& out) {
  return speculate_digits(reader, out.ms);
}
template <Door door>
bool speculate(Reader& reader, bool& out) {
  return reader.boolean(out);
}
template <Door door>
bool speculate(Reader& reader, Raw& out) {
  return reader.raw(out);
}
template <Door door>
bool speculate(Reader& reader, StreamName& out) {
  return speculate<door>(reader, out.value);
}
template <Door door>
bool speculate(Reader& reader, Uuid& out) {
  return speculate<door>(reader, out.value) && (door == Door::log || scan::is_uuid(out.value));
}
template <Door door, class Tag>
bool speculate(Reader& reader, Id<Tag>& out) {
  return speculate<door>(reader, out.value) && (door == Door::log || scan::is_id(out.value));
}
template <Door door, class T>
bool speculate(Reader& reader, List<T>& out) {
  if (!reader.match('[')) return false;
  Growing<T> items(reader.arena());
  if (!reader.match(']')) {
    do {
      if (!speculate<door>(reader, items.add())) return false;
    } while (reader.match(','));
    if (!reader.match(']')) return false;
  }
  out = items.span();
  return true;
}
template <Door door, class T>
bool speculate(Reader&, Dictionary<T>&) {
  return false;  // its keys may come twice: for the general reader
}

template <class T>
T& present(T& member) {
  return member;
}
template <class T>
T& present(std::optional<T>& member) {
  return member.emplace();
}

/// The members of `R` in canonical order, from its opening brace on, without the last `Left` and the closing brace.
template <Door door, std::size_t Left, Described R>
bool speculate_members(Reader& reader, R& out) {
  char before = '{';
  return each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    if constexpr (I + Left < description<R>.size) {
      auto& member = out.*(field_of<R, I>.member);
      using Member = std::remove_cvref_t<decltype(member)>;
      using Bounds = std::remove_cvref_t<decltype(field_of<R, I>.bounds)>;
      const char* const start = reader.position();
      if (!reader.match(before) || !reader.match(key_of<R, I>)) {
        reader.go_to(start);
        return is_optional<Member>;
      }
      before = ',';
      auto& value = present(member);
      if (!speculate<door>(reader, value)) return false;
      if constexpr (std::is_same_v<Bounds, IntegerBounds>) {
        return value >= field_of<R, I>.bounds.min && value <= field_of<R, I>.bounds.max;
      } else {
        return true;
      }
    } else {
      return true;
    }
  });
}

template <Door door, Described R>
bool speculate(Reader& reader, R& out) {
  if (!reader.descend()) return false;
  if constexpr (description<R>.size == 0) {
    if (!reader.match('{')) return false;
  } else {
    if (!speculate_members<door, 0>(reader, out)) return false;
  }
  reader.leave();
  return reader.match('}');
}

/// Reads `out` by speculation, and where that does not match by the general reader.
template <Door door, Described R>
bool read(Reader& reader, R& out) {
  reader.skip_space();
  const Reader::Mark mark = reader.mark();
  if (speculate<door>(reader, out)) return true;
  reader.reset(mark);
  out = R{};
  return read_value(reader, out, door);
}

}  // namespace crowbar
