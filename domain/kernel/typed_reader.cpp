#include "kernel/typed_reader.hpp"

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

bool read_members(Reader& reader, void* record, std::span<const Slot> slots, Door door) {
  if (!reader.enter('{', "object")) return false;
  std::uint64_t seen = 0;
  KeySet others(reader.arena());
  const auto refuse = [&](FaultCode code, std::string_view key) {
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
      std::size_t slot = 0;
      while (slot < slots.size() && slots[slot].name != key) ++slot;
      if (slot < slots.size()) {
        if ((seen >> slot & 1) != 0) return refuse(FaultCode::duplicate_key, key);
        seen |= std::uint64_t{1} << slot;
        if (!slots[slot].read(reader, record, door)) return reader.within(key);
        continue;
      }
      if (door == Door::command) return refuse(FaultCode::unknown_key, key);
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
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    if (slots[slot].required && (seen >> slot & 1) == 0) return refuse(FaultCode::missing_key, slots[slot].name);
  }
  return true;
}

bool read_id(Reader& reader, std::string_view& out, bool (*well_formed)(std::string_view), Door door) {
  reader.skip_space();
  const char* start = reader.position();
  if (!reader.string(out)) return false;
  if (door == Door::log || well_formed(out)) return true;
  reader.fault().name = out.substr(0, 128);
  return reader.fail_at(FaultCode::id_invalid, start);
}

bool read_in_range(Reader& reader, std::int64_t& out, std::int64_t min, std::int64_t max) {
  reader.skip_space();
  const char* start = reader.position();
  if (!reader.integer(out)) return false;
  if (out >= min && out <= max) return true;
  reader.fault().actual = out;
  reader.fault().limit = out < min ? min : max;
  return reader.fail_at(FaultCode::value_out_of_range, start);
}

}  // namespace crowbar
