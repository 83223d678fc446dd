// The speculative loop unrolled for one record: keys are constants that are compared a word at a time, and a plain
// string is found without a call. For the envelopes, which stand around everything; the other records share one loop.
#pragma once

#include "kernel/typed_reader.hpp"

namespace crowbar::detail {

/// Where the unrolled reading stands; the reader itself is moved at the end, or for what is not plain.
struct Cursor {
  Reader& reader;
  const char* at;
  const char* end;

  CROWBAR_INLINE bool is(char c) {
    if (at >= end || *at != c) return false;
    ++at;
    return true;
  }
  template <std::size_t N>
  CROWBAR_INLINE bool is(const std::array<char, N>& literal) {
    if (static_cast<std::size_t>(end - at) < N || !same(at, literal.data(), N)) return false;
    at += N;
    return true;
  }
  CROWBAR_INLINE bool text(std::string_view& out) {
    if (!is('"')) return false;
    const char* const stop = scan::to_special(at, end);
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
  CROWBAR_INLINE bool number(std::int64_t& out) {
    const char* const start = at;
    std::int64_t value = 0;
    while (at < end && at - start < 16 && *at >= '0' && *at <= '9') value = value * 10 + (*at++ - '0');
    out = value;
    const auto length = at - start;
    return length > 0 && length <= 15 && (length == 1 || *start != '0');
  }
  /// What needs no speed: by the functions that all records share.
  template <class T>
  bool other(T& out) {
    reader.go_to(at);
    const bool read = speculate(reader, out);
    at = reader.position();
    return read;
  }
};

CROWBAR_INLINE bool unrolled(Cursor& cursor, std::string_view& out) { return cursor.text(out); }
CROWBAR_INLINE bool unrolled(Cursor& cursor, StreamName& out) { return cursor.text(out.value); }
CROWBAR_INLINE bool unrolled(Cursor& cursor, std::int64_t& out) { return cursor.number(out); }
CROWBAR_INLINE bool unrolled(Cursor& cursor, Instant& out) { return cursor.number(out.ms); }
CROWBAR_INLINE bool unrolled(Cursor& cursor, Uuid& out) {
  return cursor.text(out.value) && (cursor.reader.door() != Door::command || scan::is_uuid(out.value));
}
template <class Tag>
CROWBAR_INLINE bool unrolled(Cursor& cursor, Id<Tag>& out) {
  return cursor.text(out.value) && (cursor.reader.door() != Door::command || scan::is_id(out.value));
}
template <class T>
CROWBAR_INLINE bool unrolled(Cursor& cursor, List<T>& out) {
  constexpr std::array<char, 2> none{'[', ']'};
  return cursor.is(none) || cursor.other(out);
}
template <Described R>
CROWBAR_INLINE bool unrolled(Cursor& cursor, R& out);

/// The member number `I` of `R`, with what stands before it.
template <Described R, std::size_t I>
CROWBAR_INLINE bool unrolled_member(Cursor& cursor, R& out) {
  constexpr auto& key = key_of<R, I>;
  constexpr char before = I == 0 ? '{' : ',';
  constexpr std::array<char, key.size() + 1> literal = [] {
    std::array<char, key.size() + 1> text{before};
    for (std::size_t i = 0; i < key.size(); ++i) text[i + 1] = key[i];
    return text;
  }();
  auto& member = out.*(field_of<R, I>.member);
  static_assert(I > 0 || !is_optional<std::remove_cvref_t<decltype(member)>>, "the first member says how it begins");
  if (!cursor.is(literal)) return is_optional<std::remove_cvref_t<decltype(member)>>;
  auto& value = present(member);
  if (!unrolled(cursor, value)) return false;
  if constexpr (is_bounded<R, I>) {
    return value >= field_of<R, I>.bounds.min && value <= field_of<R, I>.bounds.max;
  } else {
    return true;
  }
}

template <Described R>
CROWBAR_INLINE bool unrolled(Cursor& cursor, R& out) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    return (unrolled_member<R, I>(cursor, out) && ...);
  }
  (std::make_index_sequence<description<R>.size>{}) && cursor.is('}');
}

/// All members of `R` but the last, and the last one's key: the reader then stands where its value begins.
template <Described R>
bool speculate_head(Reader& reader, R& out) {
  Cursor cursor{reader, reader.position(), reader.end()};
  constexpr std::size_t last = description<R>.size - 1;
  const bool read = [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    return (unrolled_member<R, I>(cursor, out) && ...);
  }
  (std::make_index_sequence<last>{}) && cursor.is(',') && cursor.is(key_of<R, last>);
  reader.go_to(cursor.at);
  return read;
}

}  // namespace crowbar::detail
