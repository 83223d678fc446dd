// From `describe()` to a reader: keys in any order, unescaped before they are compared, no tree built on the way.
//
// This is the general path. One loop serves every record; what differs is a table of members.
#pragma once

#include <array>
#include <new>
#include <span>

#include "kernel/description.hpp"
#include "kernel/interner.hpp"
#include "kernel/reader.hpp"

namespace crowbar {

/// Who wrote what is read. At the door of commands an unknown key is refused and ids are judged; in the log, which only
/// we write, an unknown key is of a newer writer and is passed over.
enum class Door : std::uint8_t { command, log };

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// A member as the loop sees it.
struct Slot {
  std::string_view name;
  bool required;
  bool (*read)(Reader& reader, void* record, Door door);
};

/// Reads one object into `record`, whose members are `slots`.
bool read_members(Reader& reader, void* record, std::span<const Slot> slots, Door door);
/// Passes over a key and its colon.
bool read_key(Reader& reader, std::string_view& key);
/// An id or a UUID; `well_formed` is asked at the door of commands alone.
bool read_id(Reader& reader, std::string_view& out, bool (*well_formed)(std::string_view), Door door);
bool read_in_range(Reader& reader, std::int64_t& out, std::int64_t min, std::int64_t max);

template <Described R>
bool read_value(Reader& reader, R& out, Door door);

inline bool read_value(Reader& reader, std::string_view& out, Door) { return reader.string(out); }
inline bool read_value(Reader& reader, std::int64_t& out, Door) { return reader.integer(out); }
inline bool read_value(Reader& reader, bool& out, Door) { return reader.boolean(out); }
inline bool read_value(Reader& reader, Raw& out, Door) { return reader.raw(out); }
inline bool read_value(Reader& reader, Instant& out, Door) { return read_in_range(reader, out.ms, 0, max_integer); }
inline bool read_value(Reader& reader, StreamName& out, Door) { return reader.string(out.value); }
inline bool read_value(Reader& reader, Uuid& out, Door door) {
  return read_id(reader, out.value, scan::is_uuid, door);
}
template <class Tag>
bool read_value(Reader& reader, Id<Tag>& out, Door door) {
  return read_id(reader, out.value, scan::is_id, door);
}
template <class T>
bool read_value(Reader& reader, std::optional<T>& out, Door door) {
  return read_value(reader, out.emplace(), door);
}

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
  std::uint32_t size() const { return size_; }
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
    if (keys.find(key) != Interner::none) {
      reader.fault().name = key;
      reader.fail(FaultCode::duplicate_key);
      return reader.within(key);
    }
    keys.add(key);
    if (!member(key)) return reader.within(key);
  } while (reader.more('}'));
  return !reader.failed();
}

template <class T>
bool read_value(Reader& reader, List<T>& out, Door door) {
  Growing<T> items(reader.arena());
  if (!read_items(reader, [&](std::uint32_t) { return read_value(reader, items.add(), door); })) return false;
  out = items.span();
  return true;
}
template <class T>
bool read_value(Reader& reader, Dictionary<T>& out, Door door) {
  Growing<Entry<T>> entries(reader.arena());
  const auto member = [&](std::string_view key) {
    Entry<T>& entry = entries.add();
    entry.key = key;
    return read_value(reader, entry.value, door);
  };
  if (!read_entries(reader, member)) return false;
  out = entries.span();
  return true;
}

namespace detail {
template <Described R, std::size_t I>
bool read_member(Reader& reader, void* record, Door door) {
  constexpr auto& field = field_of<R, I>;
  auto& member = static_cast<R*>(record)->*(field.member);
  if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field.bounds)>, IntegerBounds>) {
    if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>) {
      return read_in_range(reader, member.emplace(), field.bounds.min, field.bounds.max);
    } else {
      return read_in_range(reader, member, field.bounds.min, field.bounds.max);
    }
  } else {
    return read_value(reader, member, door);
  }
}

template <Described R>
inline constexpr auto slots_of = []<std::size_t... I>(std::index_sequence<I...>) {
  return std::array<Slot, sizeof...(I)>{
      Slot{field_of<R, I>.name,
           !is_optional<typename std::remove_cvref_t<decltype(field_of<R, I>)>::Member>, &read_member<R, I>}...};
}(std::make_index_sequence<description<R>.size>{});
}  // namespace detail

template <Described R>
bool read_value(Reader& reader, R& out, Door door) {
  return read_members(reader, &out, detail::slots_of<R>, door);
}

}  // namespace crowbar
