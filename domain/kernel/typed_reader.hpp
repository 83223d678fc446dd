// From `describe()` to a reader. What differs between records is a table of members; two loops serve them all:
//
// the general one takes keys in any order, unescaped before they are compared, and builds no tree on the way;
// the speculative one, in front of it, matches the layout that our own writer emits, byte for byte. It takes a subset
// of what the general one takes, to the same values, and words no fault: where it does not match nothing is decided,
// and the general one starts again from the same place.
#pragma once

#include <new>
#include <span>

#include "kernel/interner.hpp"
#include "kernel/members.hpp"
#include "kernel/reader.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// Reads one object into `record`.
bool read_members(Reader& reader, void* record, const std::span<const Member>& members);
/// Reads one object of just these members, in this order.
bool speculate_record(Reader& reader, void* record, const std::span<const Member>& members);
/// Passes over a key and its colon.
bool read_key(Reader& reader, std::string_view& key);
/// Reads one value, not absent, to where it lies.
bool read_type(Reader& reader, const Type& type, void* to);
bool read_in_range(Reader& reader, std::int64_t& out, std::int64_t min, std::int64_t max);

template <Single T>
bool read_value(Reader& reader, T& out) {
  return read_type(reader, type_of<T>, &out);
}
template <Described R>
bool read_value(Reader& reader, R& out) {
  return read_members(reader, &out, members_of<R>);
}
/// An item by itself: reading it is fast enough.
template <Single T>
bool speculate(Reader& reader, T& out) {
  return read_value(reader, out);
}
template <Described R>
bool speculate(Reader& reader, R& out) {
  return speculate_record(reader, &out, members_of<R>);
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
  const auto member = [&](Text key) {
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

}  // namespace crowbar
