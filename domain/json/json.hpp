// JSON for C++ users of the core: every described record to nlohmann_json and back, made from its describe().
//
//   nlohmann::ordered_json json = SendMessage{{"m1"}, "hi", {}};  // {"messageId":"m1","text":"hi"}
//   const auto said = json.get<Owned<SendMessage>>();             // said->text is "hi" for as long as `said` lives
//
// `ordered_json` keeps the order of the description and of a dictionary's entries, so that its dump() is byte for byte
// what the canonical writer writes; `json` sorts keys. An absent optional member is an absent key, never null. A record
// only views its texts, so it is read into an `Owned`, which keeps them (json/owned.hpp).
//
// Native only: in the module it would take 20 KB and be 3 to 25 times slower than the typed reader. It throws where
// nlohmann_json throws, and `Refused` where JSON is not the value that is wanted.
#pragma once

#include <nlohmann/json.hpp>

#include "json/owned.hpp"

namespace crowbar::detail {

/// Are to_json and from_json of this type ours?
template <class T>
inline constexpr bool is_wire = Described<T>;
template <class Tag>
inline constexpr bool is_wire<Id<Tag>> = true;
template <>
inline constexpr bool is_wire<Uuid> = true;
template <>
inline constexpr bool is_wire<StreamName> = true;
template <>
inline constexpr bool is_wire<Instant> = true;
template <>
inline constexpr bool is_wire<Raw> = true;
template <class T>
inline constexpr bool is_wire<Entry<T>> = true;
template <class T>
inline constexpr bool is_wire<List<T>> = is_wire<T>;

/// Writes a value of any described member's type into `json`.
template <class Json>
struct Put {
  using Key = typename Json::object_t::key_type;

  static void put(Json& json, bool value) { json = value; }
  static void put(Json& json, std::int64_t value) { json = value; }
  static void put(Json& json, std::string_view text) { json = typename Json::string_t(text); }
  static void put(Json& json, Instant at) { json = at.ms; }
  static void put(Json& json, Uuid id) { put(json, id.value); }
  static void put(Json& json, StreamName stream) { put(json, stream.value); }
  static void put(Json& json, Raw raw) { json = Json::parse(raw.bytes); }
  template <class Tag>
  static void put(Json& json, Id<Tag> id) {
    put(json, id.value);
  }
  template <class T>
  static void put(Json& json, List<T> items) {
    json = Json::array();
    for (const T& item : items) put(json.emplace_back(), item);
  }
  template <class T>
  static void put(Json& json, Dictionary<T> entries) {
    json = Json::object();
    for (const Entry<T>& entry : entries) put(json[Key(entry.key)], entry.value);
  }
  template <Described R>
  static void put(Json& json, const R& record) {
    json = Json::object();
    each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      const auto& member = record.*(field_of<R, I>.member);
      if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>) {
        if (member) put(json[Key(field_of<R, I>.name)], *member);
      } else {
        put(json[Key(field_of<R, I>.name)], member);
      }
      return true;
    });
  }
};

}  // namespace crowbar::detail

template <class T>
requires crowbar::detail::is_wire<T>
struct nlohmann::adl_serializer<T> {
  template <class Json>
  static void to_json(Json& json, const T& value) {
    crowbar::detail::Put<Json>::put(json, value);
  }
  template <class Json>
  static void from_json(const Json&, T&) {
    static_assert(sizeof(Json) == 0, "it only views its texts, which nobody would keep: get a crowbar::Owned<…>");
  }
};
