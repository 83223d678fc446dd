// How a record says what it is, once: its name on the wire, what it means, its members in canonical order with their
// bounds. The reader, the writer, the schema, the types and the catalogue are all made from this.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace crowbar {

/// No bounds beyond those of the type.
struct Unbounded {};

/// Length of a text in code points after trimming. A rule judges it, with a rejection of its own; the schema shows it.
struct TextBounds {
  std::uint32_t min;
  std::uint32_t max;
};
constexpr TextBounds text(std::uint32_t min, std::uint32_t max) { return {min, max}; }

/// Range of an integer, both ends included. The reader enforces it.
struct IntegerBounds {
  std::int64_t min;
  std::int64_t max;
};
constexpr IntegerBounds integer(std::int64_t min, std::int64_t max) { return {min, max}; }

template <class R, class M, class B>
struct Field {
  using Member = M;
  std::string_view name;
  M R::*member;
  B bounds;
  std::string_view meaning;
};

template <class R, class M>
constexpr Field<R, M, Unbounded> field(std::string_view name, M R::*member, std::string_view meaning) {
  return {name, member, {}, meaning};
}
template <class R, class M, class B>
constexpr Field<R, M, B> field(std::string_view name, M R::*member, B bounds, std::string_view meaning) {
  return {name, member, bounds, meaning};
}

/// The number of an event's shape, counted from 1; see `upcast`.
struct Schema {
  std::int64_t number;
};
constexpr Schema schema(std::int64_t number) { return {number}; }

template <class R, class... Fields>
struct Record {
  std::string_view name;
  std::int64_t schema;
  std::string_view meaning;
  std::tuple<Fields...> fields;
  static constexpr std::size_t size = sizeof...(Fields);
};

namespace detail {
// The size that a struct of just these members, in this order, has. A member left out of describe(), or described out
// of order, gives another one.
template <class... Members>
constexpr std::size_t size_of_struct() {
  std::size_t size = 0;
  std::size_t widest = 1;
  ((size = (size + alignof(Members) - 1) / alignof(Members) * alignof(Members) + sizeof(Members),
    widest = alignof(Members) > widest ? alignof(Members) : widest),
   ...);
  return size == 0 ? 1 : (size + widest - 1) / widest * widest;
}
}  // namespace detail

template <class R, class... M, class... B>
constexpr Record<R, Field<R, M, B>...> record(std::string_view name, Schema schema, std::string_view meaning,
                                              Field<R, M, B>... fields) {
  return {name, schema.number, meaning, {fields...}};
}
template <class R, class... M, class... B>
constexpr Record<R, Field<R, M, B>...> record(std::string_view name, std::string_view meaning,
                                              Field<R, M, B>... fields) {
  return {name, 1, meaning, {fields...}};
}

template <class T>
concept Described = requires {
  T::describe();
};

namespace detail {
// How many members `R` has: as many as it takes empty initialisers. A bool left out of describe() may hide in padding,
// where no size tells.
// clang-format off
template <class R>
constexpr std::size_t count_members() {
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) return 16;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) return 15;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) return 14;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) return 13;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{}}; }) return 12;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{}}; }) return 11;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{}}; }) return 10;
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{}}; }) return 9;
  if constexpr (requires { R{{},{},{},{},{},{},{},{}}; }) return 8;
  if constexpr (requires { R{{},{},{},{},{},{},{}}; }) return 7;
  if constexpr (requires { R{{},{},{},{},{},{}}; }) return 6;
  if constexpr (requires { R{{},{},{},{},{}}; }) return 5;
  if constexpr (requires { R{{},{},{},{}}; }) return 4;
  if constexpr (requires { R{{},{},{}}; }) return 3;
  if constexpr (requires { R{{},{}}; }) return 2;
  if constexpr (requires { R{{}}; }) return 1;
  return 0;
}
// clang-format on
template <class R, class... Fields>
constexpr bool describes_all(const Record<R, Fields...>&) {
  return sizeof(R) == size_of_struct<typename Fields::Member...>() && count_members<R>() == sizeof...(Fields);
}
}  // namespace detail

/// The description of `R`. Does not compile where a member of `R` is missing from it.
template <Described R>
inline constexpr auto description = [] {
  constexpr auto described = R::describe();
  static_assert(detail::describes_all(described), "describe() must name every member of the record, in their order");
  return described;
}();

/// Calls `visit(field, index)` for each described member, in canonical order, until one call answers false.
template <Described R, class Visit>
constexpr bool each_field(Visit&& visit) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (visit(std::integral_constant<std::size_t, I>{}) && ...);
  }
  (std::make_index_sequence<description<R>.size>{});
}

/// The described member number `I` of `R`.
template <Described R, std::size_t I>
inline constexpr auto& field_of = std::get<I>(description<R>.fields);

/// `"name":` as the bytes that the canonical writer writes and the speculative reader expects.
template <Described R, std::size_t I>
inline constexpr auto key_of = [] {
  constexpr std::string_view name = field_of<R, I>.name;
  std::array<char, name.size() + 3> key{};
  key[0] = '"';
  for (std::size_t i = 0; i < name.size(); ++i) key[i + 1] = name[i];
  key[name.size() + 1] = '"';
  key[name.size() + 2] = ':';
  return key;
}();

}  // namespace crowbar
