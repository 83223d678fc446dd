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
// Where the members of `R` lie, in the order of the struct: as many as it takes empty initialisers. A bool left out of
// describe() may hide in padding, where no size tells.
// clang-format off
template <class R>
constexpr auto members_in(R& record) {
  if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j,k,l,m,n,o] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j,k,l,m,n] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j,k,l,m,n);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j,k,l,m] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j,k,l,m);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j,k,l] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j,k,l);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j,k] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j,k);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i,j] = record;
    return std::tie(a,b,c,d,e,f,g,h,i,j);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h,i] = record;
    return std::tie(a,b,c,d,e,f,g,h,i);
  } else if constexpr (requires { R{{},{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g,h] = record;
    return std::tie(a,b,c,d,e,f,g,h);
  } else if constexpr (requires { R{{},{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f,g] = record;
    return std::tie(a,b,c,d,e,f,g);
  } else if constexpr (requires { R{{},{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e,f] = record;
    return std::tie(a,b,c,d,e,f);
  } else if constexpr (requires { R{{},{},{},{},{}}; }) {
    auto& [a,b,c,d,e] = record;
    return std::tie(a,b,c,d,e);
  } else if constexpr (requires { R{{},{},{},{}}; }) {
    auto& [a,b,c,d] = record;
    return std::tie(a,b,c,d);
  } else if constexpr (requires { R{{},{},{}}; }) {
    auto& [a,b,c] = record;
    return std::tie(a,b,c);
  } else if constexpr (requires { R{{},{}}; }) {
    auto& [a,b] = record;
    return std::tie(a,b);
  } else if constexpr (requires { R{{}}; }) {
    auto& [a] = record;
    return std::tie(a);
  } else {
    return std::tie();
  }
}
// clang-format on
template <class R>
inline constexpr std::size_t count_members = std::tuple_size_v<decltype(members_in(std::declval<R&>()))>;

template <class A, class B>
constexpr bool is_same_object(A& a, B& b) {
  if constexpr (std::is_same_v<A, B>) return &a == &b;
  return false;
}
// Does describe() name every member, each in its place?
template <class R, class... Fields>
constexpr bool describes_all(const Record<R, Fields...>& described) {
  if constexpr (sizeof(R) != size_of_struct<typename Fields::Member...>() || count_members<R> != sizeof...(Fields)) {
    return false;
  } else {
    R record{};
    const auto members = members_in(record);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (is_same_object(std::get<I>(members), record.*std::get<I>(described.fields).member) && ...);
    }
    (std::index_sequence_for<Fields...>{});
  }
}

// Where member number `I` lies, given the types of all, in the order of the struct.
template <std::size_t I, class... Members>
constexpr std::size_t offset_in_struct() {
  constexpr std::array<std::size_t, sizeof...(Members)> sizes{sizeof(Members)...};
  constexpr std::array<std::size_t, sizeof...(Members)> alignments{alignof(Members)...};
  std::size_t offset = 0;
  for (std::size_t i = 0; i <= I; ++i) {
    offset = (offset + alignments[i] - 1) / alignments[i] * alignments[i];
    if (i < I) offset += sizes[i];
  }
  return offset;
}
template <std::size_t I, class R, class... Fields>
constexpr std::size_t offset_of_field(const Record<R, Fields...>&) {
  return offset_in_struct<I, typename Fields::Member...>();
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

/// Where that member lies in `R`, in bytes.
template <Described R, std::size_t I>
inline constexpr std::size_t offset_of = detail::offset_of_field<I>(description<R>);

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
