// What the readers and the writer know of a record: a table of its members, made from describe(). The loops over it
// are compiled once, whatever the records; only lists, dictionaries and records within records bring functions of
// their own.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "kernel/description.hpp"
#include "kernel/value.hpp"

namespace crowbar {

class Bytes;
class Reader;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// What a value is on the wire. The first three are a std::string_view in memory, or a struct of just one.
enum class Kind : std::uint8_t { text, id, uuid, integer, boolean, raw, other };

/// How one type of value is read and written.
struct Type {
  Kind kind;
  std::int64_t min = 0;  ///< of an integer, both included
  std::int64_t max = 0;
  void* (*emplace)(void* member) = nullptr;           ///< of what may be absent: makes it present, answers where
  const void* (*held)(const void* member) = nullptr;  ///< of what may be absent: where it is, or null
  bool (*read)(Reader& reader, void* to) = nullptr;   ///< these three where the kind is `other`
  bool (*speculate)(Reader& reader, void* to) = nullptr;
  void (*write)(Bytes& out, const void* from) = nullptr;
};

/// One member of a record.
struct Member {
  std::string_view key;  ///< `"name":`
  std::size_t offset;
  const Type* type;

  constexpr std::string_view name() const { return key.substr(1, key.size() - 3); }
  constexpr bool required() const { return type->emplace == nullptr; }
};

namespace detail {

template <class T>
inline constexpr Kind kind_of = Kind::other;
template <>
inline constexpr Kind kind_of<std::string_view> = Kind::text;
template <>
inline constexpr Kind kind_of<StreamName> = Kind::text;
template <>
inline constexpr Kind kind_of<Uuid> = Kind::uuid;
template <class Tag>
inline constexpr Kind kind_of<Id<Tag>> = Kind::id;
template <>
inline constexpr Kind kind_of<std::int64_t> = Kind::integer;
template <>
inline constexpr Kind kind_of<Instant> = Kind::integer;
template <>
inline constexpr Kind kind_of<bool> = Kind::boolean;
template <>
inline constexpr Kind kind_of<Raw> = Kind::raw;

template <class T>
struct Presence {
  using Value = T;
  static constexpr void absent(Type&) {}
};
template <class T>
struct Presence<std::optional<T>> {
  using Value = T;
  static constexpr void absent(Type& type) {
    type.emplace = [](void* member) -> void* { return &static_cast<std::optional<T>*>(member)->emplace(); };
    type.held = [](const void* member) -> const void* {
      const auto& value = *static_cast<const std::optional<T>*>(member);
      return value ? &*value : nullptr;
    };
  }
};

// The range of a type's integers; nothing for what is no integer, so that one Type serves it whatever its bounds.
template <class T, class Bounds>
constexpr IntegerBounds range_of([[maybe_unused]] Bounds bounds) {
  if constexpr (kind_of<T> != Kind::integer) {
    return {0, 0};
  } else if constexpr (std::is_same_v<Bounds, IntegerBounds>) {
    return bounds;
  } else {
    return {std::is_same_v<T, Instant> ? 0 : -max_integer, max_integer};
  }
}

// `M` is a member's type; integers of other bounds are other types.
template <class M, std::int64_t Min, std::int64_t Max>
inline constexpr Type type_of = [] {
  using T = typename Presence<M>::Value;
  Type type{kind_of<T>};
  Presence<M>::absent(type);
  if constexpr (kind_of<T> == Kind::integer) {
    type.min = Min;
    type.max = Max;
  }
  if constexpr (kind_of<T> == Kind::other) {
    type.read = [](Reader& reader, void* to) { return read_value(reader, *static_cast<T*>(to)); };
    type.speculate = [](Reader& reader, void* to) { return speculate(reader, *static_cast<T*>(to)); };
    type.write = [](Bytes& out, const void* from) { write_value(out, *static_cast<const T*>(from)); };
  }
  return type;
}();

template <Described R, std::size_t I>
constexpr Member member_of() {
  using M = typename std::remove_cvref_t<decltype(field_of<R, I>)>::Member;
  using T = typename Presence<M>::Value;
  constexpr IntegerBounds range = range_of<T>(field_of<R, I>.bounds);
  return {{key_of<R, I>.data(), key_of<R, I>.size()}, offset_of<R, I>, &type_of<M, range.min, range.max>};
}

}  // namespace detail

/// The members of `R`, in canonical order.
template <Described R>
inline constexpr auto members_of = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<Member, sizeof...(I)>{detail::member_of<R, I>()...};
}
(std::make_index_sequence<description<R>.size>{});

/// How a value of type `T` alone is read and written.
template <class T>
inline constexpr const Type& type_of =
    detail::type_of<T, detail::range_of<T>(Unbounded{}).min, detail::range_of<T>(Unbounded{}).max>;

/// What is of a kind, and not a list, a dictionary or a record.
template <class T>
concept Single = detail::kind_of<T>
!= Kind::other;

}  // namespace crowbar
