#include "kernel/typed_reader.hpp"

#include "kernel/cursor.hpp"

namespace crowbar {

bool read_key(Reader& reader, std::string_view& key) {
  reader.skip_space();
  if (reader.at_end()) return reader.fail(FaultCode::unexpected_end);
  if (reader.peek() != '"') {
    return reader.fail(reader.peek() == '\0' ? FaultCode::nul_byte : FaultCode::unexpected_character);
  }
  if (!reader.string(key)) return false;
  if (reader.next_is(':')) return true;
  return reader.fail(reader.at_end() ? FaultCode::unexpected_end : FaultCode::unexpected_character);
}

namespace {

// Where the member's value goes; what may be absent is made present.
void* place_of(const Member& member, void* record) {
  void* const place = static_cast<char*>(record) + member.offset;
  return member.required() ? place : member.type->emplace(place);
}

bool read_formed(Reader& reader, std::string_view& out, bool (*well_formed)(Text)) {
  reader.skip_space();
  const char* start = reader.position();
  if (!reader.string(out)) return false;
  if (reader.door() != Door::command || well_formed(out)) return true;
  reader.fault().name = out;
  return reader.fail_at(FaultCode::id_invalid, start);
}

}  // namespace

bool read_in_range(Reader& reader, std::int64_t& out, std::int64_t min, std::int64_t max) {
  reader.skip_space();
  const char* start = reader.position();
  if (!reader.integer(out)) return false;
  if (out >= min && out <= max) return true;
  reader.fault().actual = out;
  reader.fault().limit = out < min ? min : max;
  return reader.fail_at(FaultCode::value_out_of_range, start);
}

bool read_members(Reader& reader, void* record, const std::span<const Member>& members) {
  if (!reader.enter('{', "object")) return false;
  std::uint64_t seen = 0;
  KeySet others(reader.arena());
  const auto refuse = [&](FaultCode code, Text key) {
    reader.fault().name = key;
    reader.fail(code);
    return reader.within(key);
  };
  if (reader.next_is('}')) {
    reader.leave();
  } else {
    do {
      std::string_view key;
      if (!read_key(reader, key)) return false;
      std::size_t number = 0;
      while (number < members.size() && !same(members[number].name(), key)) ++number;
      if (number < members.size()) {
        if ((seen >> number & 1) != 0) return refuse(FaultCode::duplicate_key, key);
        seen |= std::uint64_t{1} << number;
        const Member& member = members[number];
        if (!read_type(reader, *member.type, place_of(member, record))) return reader.within(key);
        continue;
      }
      if (reader.door() == Door::command) return refuse(FaultCode::unknown_key, key);
      if (others.contains(key)) return refuse(FaultCode::duplicate_key, key);
      if (others.size() == max_members) {
        reader.fault().limit = max_members;
        return reader.fail(FaultCode::too_many_members);
      }
      others.add(key);
      if (!reader.skip_value()) return reader.within(key);
    } while (reader.more('}'));
    if (reader.failed()) return false;
  }
  for (const Member& member : members) {
    if (member.required() && (seen & 1) == 0) return refuse(FaultCode::missing_key, member.name());
    seen >>= 1;
  }
  return true;
}

bool read_type(Reader& reader, const Type& type, void* to) {
  switch (type.kind) {
    case Kind::text: return reader.string(*static_cast<std::string_view*>(to));
    case Kind::id: return read_formed(reader, *static_cast<std::string_view*>(to), scan::is_id);
    case Kind::uuid: return read_formed(reader, *static_cast<std::string_view*>(to), scan::is_uuid);
    case Kind::integer: return read_in_range(reader, *static_cast<std::int64_t*>(to), type.min, type.max);
    case Kind::boolean: return reader.boolean(*static_cast<bool*>(to));
    case Kind::raw: return reader.raw(*static_cast<Raw*>(to));
    case Kind::other: return type.read(reader, to);
  }
  return false;
}

namespace {

CROWBAR_INLINE bool speculate_here(Cursor& cursor, const Type& type, void* to) {
  switch (type.kind) {
    case Kind::text: return cursor.text(*static_cast<std::string_view*>(to));
    case Kind::id: return cursor.id(*static_cast<std::string_view*>(to));
    case Kind::uuid: return cursor.uuid(*static_cast<std::string_view*>(to));
    case Kind::integer: return cursor.integer(*static_cast<std::int64_t*>(to), type.min, type.max);
    case Kind::boolean: return cursor.by_reader([&] { return cursor.reader.boolean(*static_cast<bool*>(to)); });
    case Kind::raw: return cursor.by_reader([&] { return cursor.reader.raw(*static_cast<Raw*>(to)); });
    case Kind::other: return cursor.by_reader([&] { return type.speculate(cursor.reader, to); });
  }
  return false;
}

}  // namespace

bool speculate_record(Reader& reader, void* record, const std::span<const Member>& members) {
  if (!reader.descend()) return false;
  Cursor cursor{reader};
  char before = '{';
  for (const Member& member : members) {
    const char* const start = cursor.at;
    if (!cursor.is(before) || !cursor.is(member.key)) {
      if (member.required()) return false;
      cursor.at = start;
      continue;
    }
    if (!speculate_here(cursor, *member.type, place_of(member, record))) return false;
    before = ',';
  }
  if (before == '{' && !cursor.is(before)) return false;
  reader.leave();
  const bool closed = cursor.is('}');
  reader.go_to(cursor.at);
  return closed;
}

}  // namespace crowbar
