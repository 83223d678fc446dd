// The speculative loop unrolled for one record: keys are constants that are compared a word at a time. For the
// envelopes, which stand around everything; the other records share one loop.
#pragma once

#include "kernel/cursor.hpp"
#include "kernel/typed_reader.hpp"

namespace crowbar::detail {

template <Single T>
CROWBAR_INLINE bool unrolled(Cursor& cursor, T& out) {
  void* const to = &out;
  if constexpr (kind_of<T> == Kind::text) return cursor.text(*static_cast<std::string_view*>(to));
  if constexpr (kind_of<T> == Kind::id) return cursor.id(*static_cast<std::string_view*>(to));
  if constexpr (kind_of<T> == Kind::uuid) return cursor.uuid(*static_cast<std::string_view*>(to));
  if constexpr (kind_of<T> == Kind::integer) return cursor.number(*static_cast<std::int64_t*>(to));
  return cursor.by_reader([&] { return speculate(cursor.reader, out); });
}
template <class T>
CROWBAR_INLINE bool unrolled(Cursor& cursor, List<T>& out) {
  return cursor.is("[]") || cursor.by_reader([&] { return speculate(cursor.reader, out); });
}
template <Described R>
CROWBAR_INLINE bool unrolled(Cursor& cursor, R& out);

template <class T>
CROWBAR_INLINE T& present(T& member) {
  return member;
}
template <class T>
CROWBAR_INLINE T& present(std::optional<T>& member) {
  return member.emplace();
}

/// The member number `I` of `R`, with what stands before it.
template <Described R, std::size_t I>
CROWBAR_INLINE bool unrolled_member(Cursor& cursor, R& out) {
  constexpr auto& key = key_of<R, I>;
  static constexpr auto literal = [] {
    std::array<char, key.size() + 1> text{I == 0 ? '{' : ','};
    for (std::size_t i = 0; i < key.size(); ++i) text[i + 1] = key[i];
    return text;
  }();
  constexpr Member member = members_of<R>[I];
  static_assert(I > 0 || member.required(), "the first member says how it begins");
  if (!cursor.is({literal.data(), literal.size()})) return !member.required();
  auto& value = present(out.*(field_of<R, I>.member));
  if (!unrolled(cursor, value)) return false;
  if constexpr (member.type->kind == Kind::integer) {
    const std::int64_t number = *static_cast<const std::int64_t*>(static_cast<const void*>(&value));
    return number >= member.type->min && number <= member.type->max;
  }
  return true;
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
  Cursor cursor{reader};
  constexpr std::size_t last = description<R>.size - 1;
  const bool read = [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    return (unrolled_member<R, I>(cursor, out) && ...);
  }
  (std::make_index_sequence<last>{}) && cursor.is(',') && cursor.is({key_of<R, last>.data(), key_of<R, last>.size()});
  reader.go_to(cursor.at);
  return read;
}

}  // namespace crowbar::detail
