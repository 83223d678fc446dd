// The alternatives of a variant as the readers see them: by name on the wire, with their members.
#pragma once

#include <array>
#include <span>
#include <tuple>
#include <variant>

#include "kernel/alternatives.hpp"
#include "kernel/typed_reader.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// One record that a variant may hold, to be read.
struct Shape {
  std::string_view name;
  std::int64_t schema;
  std::span<const Member> members;
  /// Makes the variant hold an empty record of this shape and answers where it lies.
  void* (*emplace)(void* variant, Arena& arena);
  /// For an earlier shape: makes the variant hold what has been read to `record`, in the shape of today. Else null.
  void (*upcast)(void* variant, const void* record);
};

/// One record that a variant may hold, to be written.
struct WriteShape {
  std::string_view type;  ///< `"type":"…","schema":n,`
  std::uint32_t number;   ///< among the alternatives of the variant
  std::span<const Member> members;
};

namespace detail {

template <class E>
inline constexpr auto event_type = [] {
  constexpr auto& described = description<E>;
  constexpr std::string_view before = "\"type\":\"";
  constexpr std::string_view between = "\",\"schema\":";
  static_assert(described.schema < 10);
  std::array<char, before.size() + described.name.size() + between.size() + 2> text{};
  char* to = text.data();
  for (const std::string_view part : {before, described.name, between}) {
    for (const char c : part) *to++ = c;
  }
  *to++ = static_cast<char>('0' + described.schema);
  *to = ',';
  return text;
}();

template <class Variant, class T>
void* emplace_in(void* variant, Arena&) {
  return &static_cast<Variant*>(variant)->template emplace<T>();
}

// Brings a record of an earlier shape to the shape of today, one step at a time.
template <class Variant, class T>
void upcast_to(Variant& variant, const T& record) {
  if constexpr (requires { upcast(record); }) {
    upcast_to(variant, upcast(record));
  } else {
    variant = record;
  }
}
// A record of an earlier shape is read beside the variant, which has no place for it.
template <class T>
void* emplace_beside(void*, Arena& arena) {
  return new (arena.allocate(sizeof(T))) T{};
}

template <class Variant, class Earlier>
struct ShapesOf;
template <class... T, class... Old>
struct ShapesOf<std::variant<T...>, std::tuple<Old...>> {
  using Variant = std::variant<T...>;
  static constexpr std::array<Shape, sizeof...(T) + sizeof...(Old)> all{
      Shape{description<T>.name, description<T>.schema, members_of<T>, &emplace_in<Variant, T>, nullptr}...,
      Shape{description<Old>.name, description<Old>.schema, members_of<Old>, &emplace_beside<Old>,
            [](void* variant, const void* record) {
              upcast_to(*static_cast<Variant*>(variant), *static_cast<const Old*>(record));
            }}...};
};
template <class Variant>
struct WriteShapesOf;
template <class... T>
struct WriteShapesOf<std::variant<T...>> {
  static constexpr std::array<WriteShape, sizeof...(T)> all = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{WriteShape{{event_type<T>.data(), event_type<T>.size()}, I, members_of<T>}...};
  }
  (std::index_sequence_for<T...>{});
};
}  // namespace detail

/// What may be read into the variant `Variant`: its alternatives, and the records of `Earlier` shapes.
template <class Variant, class Earlier = std::tuple<>>
inline constexpr std::span<const Shape> shapes_of = detail::ShapesOf<Variant, Earlier>::all;
/// How the alternatives of `Variant` are written, by index.
template <class Variant>
inline constexpr std::span<const WriteShape> write_shapes_of = detail::WriteShapesOf<Variant>::all;

/// Where the record lies that `variant` holds.
template <class... T>
const void* record_in(const std::variant<T...>& variant) {
  const void* record = nullptr;
  use_alternative(variant, [&](const auto& held) { record = &held; });
  return record;
}

}  // namespace crowbar
