// From `describe()` to a reader. What differs between records is a table of members; two loops serve them all:
//
// the general one takes keys in any order, unescaped before they are compared, and builds no tree on the way;
// the speculative one, in front of it, matches the layout that our own writer emits, byte for byte. It takes a subset
// of what the general one takes, to the same values, and words no fault: where it does not match nothing is decided,
// and the general one starts again from the same place.
#pragma once

#include <array>
#include <new>
#include <optional>
#include <span>

#include "kernel/description.hpp"
#include "kernel/interner.hpp"
#include "kernel/reader.hpp"

namespace crowbar {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// A member as the reading loops see it.
struct Slot {
  std::string_view key;  ///< `"name":`
  bool required;
  bool (*read)(Reader& reader, void* record);
  bool (*speculate)(Reader& reader, void* record);

  std::string_view name() const { return key.substr(1, key.size() - 3); }
};

/// Reads one object into `record`, whose members are `slots`.
bool read_members(Reader& reader, void* record, std::span<const Slot> slots);
/// Reads the members `slots` in this order, from the opening brace on, without the closing one.
bool speculate_members(Reader& reader, void* record, std::span<const Slot> slots);
/// Reads one object of just the members `slots`, in this order.
bool speculate_record(Reader& reader, void* record, std::span<const Slot> slots);
/// Passes over a key and its colon.
bool read_key(Reader& reader, std::string_view& key);
bool read_in_range(Reader& reader, std::int64_t& out, std::int64_t min, std::int64_t max);

template <Described R>
bool read_value(Reader& reader, R& out);
template <Described R>
bool speculate(Reader& reader, R& out);

// ---- single values

bool read_id(Reader& reader, std::string_view& out);
bool read_uuid(Reader& reader, std::string_view& out);
bool speculate_text(Reader& reader, std::string_view& out);
bool speculate_id(Reader& reader, std::string_view& out);
bool speculate_uuid(Reader& reader, std::string_view& out);

inline bool read_value(Reader& reader, std::string_view& out) { return reader.string(out); }
inline bool read_value(Reader& reader, std::int64_t& out) { return reader.integer(out); }
inline bool read_value(Reader& reader, bool& out) { return reader.boolean(out); }
inline bool read_value(Reader& reader, Raw& out) { return reader.raw(out); }
inline bool read_value(Reader& reader, Instant& out) { return read_in_range(reader, out.ms, 0, max_integer); }
inline bool read_value(Reader& reader, StreamName& out) { return reader.string(out.value); }
inline bool read_value(Reader& reader, Uuid& out) { return read_uuid(reader, out.value); }
template <class Tag>
bool read_value(Reader& reader, Id<Tag>& out) {
  return read_id(reader, out.value);
}
template <class T>
bool read_value(Reader& reader, std::optional<T>& out) {
  return read_value(reader, out.emplace());
}

inline bool speculate(Reader& reader, std::string_view& out) { return speculate_text(reader, out); }
inline bool speculate(Reader& reader, std::int64_t& out) { return reader.plain_digits(out); }
inline bool speculate(Reader& reader, bool& out) { return reader.boolean(out); }
inline bool speculate(Reader& reader, Raw& out) { return reader.raw(out); }
inline bool speculate(Reader& reader, Instant& out) { return reader.plain_digits(out.ms); }
inline bool speculate(Reader& reader, StreamName& out) { return speculate_text(reader, out.value); }
inline bool speculate(Reader& reader, Uuid& out) { return speculate_uuid(reader, out.value); }
template <class Tag>
bool speculate(Reader& reader, Id<Tag>& out) {
  return speculate_id(reader, out.value);
}
template <class T>
bool speculate(Reader& reader, std::optional<T>& out) {
  return speculate(reader, out.emplace());
}

// ---- lists and dictionaries

/// Items of a list while it is read: an array in the arena that doubles.
template <class T>
class Growing {
 public:
  explicit Growing(Arena& arena) : arena_(arena) {}
  T& add() {
    if (size_ == capacity_) {
      const std::uint32_t capacity = capacity_ == 0 ? 4 : capacity_ * 2;
      T* items = reinterpret_cast<T*>(arena_.allocate(capacity * sizeof(T)));
      for (std::uint32_t i = 0; i < size_; ++i) new (items + i) T(items_[i]);
      items_ = items;
      capacity_ = capacity;
    }
    return *new (items_ + size_++) T{};
  }
  std::span<const T> span() const { return {items_, size_}; }

 private:
  Arena& arena_;
  T* items_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

/// Calls `item(index)` at each item of an array; it answers whether it could read.
template <class Item>
bool read_items(Reader& reader, Item&& item) {
  if (!reader.enter('[', "list")) return false;
  if (reader.next_is(']')) {
    reader.leave();
    return true;
  }
  std::uint32_t index = 0;
  do {
    if (!item(index)) return reader.within(index);
    ++index;
  } while (reader.more(']'));
  return !reader.failed();
}

/// Calls `member(key)` at the value of each member of an object whose keys are data. A key that comes twice is a fault.
template <class Member>
bool read_entries(Reader& reader, Member&& member) {
  if (!reader.enter('{', "object")) return false;
  if (reader.next_is('}')) {
    reader.leave();
    return true;
  }
  Interner keys;
  do {
    std::string_view key;
    if (!read_key(reader, key)) return false;
    const std::uint32_t count = keys.size();
    if (keys.add(key) != count) {
      reader.fault().name = key;
      reader.fail(FaultCode::duplicate_key);
      return reader.within(key);
    }
    if (!member(key)) return reader.within(key);
  } while (reader.more('}'));
  return !reader.failed();
}

template <class T>
bool read_value(Reader& reader, List<T>& out) {
  Growing<T> items(reader.arena());
  if (!read_items(reader, [&](std::uint32_t) { return read_value(reader, items.add()); })) return false;
  out = items.span();
  return true;
}
template <class T>
bool read_value(Reader& reader, Dictionary<T>& out) {
  Growing<Entry<T>> entries(reader.arena());
  const auto member = [&](std::string_view key) {
    Entry<T>& entry = entries.add();
    entry.key = key;
    return read_value(reader, entry.value);
  };
  if (!read_entries(reader, member)) return false;
  out = entries.span();
  return true;
}

template <class T>
bool speculate(Reader& reader, List<T>& out) {
  if (!reader.match('[')) return false;
  if (reader.match(']')) return true;
  Growing<T> items(reader.arena());
  do {
    if (!speculate(reader, items.add())) return false;
  } while (reader.match(','));
  out = items.span();
  return reader.match(']');
}
template <class T>
bool speculate(Reader&, Dictionary<T>&) {
  return false;  // its keys may come twice: for the general reader
}

// ---- records

namespace detail {
template <class T>
T& present(T& member) {
  return member;
}
template <class T>
T& present(std::optional<T>& member) {
  return member.emplace();
}
template <Described R, std::size_t I>
inline constexpr bool is_bounded = std::is_same_v<std::remove_cvref_t<decltype(field_of<R, I>.bounds)>, IntegerBounds>;

template <Described R, std::size_t I>
bool read_member(Reader& reader, void* record) {
  auto& value = present(static_cast<R*>(record)->*(field_of<R, I>.member));
  if constexpr (is_bounded<R, I>) {
    return read_in_range(reader, value, field_of<R, I>.bounds.min, field_of<R, I>.bounds.max);
  } else {
    return read_value(reader, value);
  }
}
template <Described R, std::size_t I>
bool speculate_member(Reader& reader, void* record) {
  auto& value = present(static_cast<R*>(record)->*(field_of<R, I>.member));
  if (!speculate(reader, value)) return false;
  if constexpr (is_bounded<R, I>) {
    return value >= field_of<R, I>.bounds.min && value <= field_of<R, I>.bounds.max;
  } else {
    return true;
  }
}

template <Described R>
inline constexpr auto slots_of = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<Slot, sizeof...(I)>{
      Slot{{key_of<R, I>.data(), key_of<R, I>.size()},
           !is_optional<typename std::remove_cvref_t<decltype(field_of<R, I>)>::Member>,
           &read_member<R, I>,
           &speculate_member<R, I>}...};
}
(std::make_index_sequence<description<R>.size>{});
}  // namespace detail

template <Described R>
bool read_value(Reader& reader, R& out) {
  return read_members(reader, &out, detail::slots_of<R>);
}

template <Described R>
bool speculate(Reader& reader, R& out) {
  return speculate_record(reader, &out, detail::slots_of<R>);
}

}  // namespace crowbar
