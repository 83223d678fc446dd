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

bool read_members(Reader& reader, void* record, std::span<const Slot> slots) {
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
      while (slot < slots.size() && slots[slot].name() != key) ++slot;
      if (slot < slots.size()) {
        if ((seen >> slot & 1) != 0) return refuse(FaultCode::duplicate_key, key);
        seen |= std::uint64_t{1} << slot;
        if (!slots[slot].read(reader, record)) return reader.within(key);
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
  for (std::size_t slot = 0; slot < slots.size(); ++slot) {
    if (slots[slot].required && (seen >> slot & 1) == 0) return refuse(FaultCode::missing_key, slots[slot].name());
  }
  return true;
}

bool speculate_members(Reader& reader, void* record, std::span<const Slot> slots) {
  char before = '{';
  for (const Slot& slot : slots) {
    const char* const start = reader.position();
    if (!reader.match(before) || !reader.match(slot.key)) {
      if (slot.required) return false;
      reader.go_to(start);
      continue;
    }
    if (!slot.speculate(reader, record)) return false;
    before = ',';
  }
  return true;
}

bool speculate_record(Reader& reader, void* record, std::span<const Slot> slots) {
  if (!reader.descend()) return false;
  if (slots.empty() ? !reader.match('{') : !speculate_members(reader, record, slots)) return false;
  reader.leave();
  return reader.match('}');
}

namespace {

bool read_formed(Reader& reader, std::string_view& out, bool (*well_formed)(std::string_view)) {
  reader.skip_space();
  const char* start = reader.position();
  if (!reader.string(out)) return false;
  if (reader.door() != Door::command || well_formed(out)) return true;
  reader.fault().name = out;
  return reader.fail_at(FaultCode::id_invalid, start);
}

}  // namespace

bool read_id(Reader& reader, std::string_view& out) { return read_formed(reader, out, scan::is_id); }
bool read_uuid(Reader& reader, std::string_view& out) { return read_formed(reader, out, scan::is_uuid); }

bool speculate_text(Reader& reader, std::string_view& out) { return reader.match('"') && reader.string_rest(out); }
bool speculate_id(Reader& reader, std::string_view& out) {
  return speculate_text(reader, out) && (reader.door() != Door::command || scan::is_id(out));
}
bool speculate_uuid(Reader& reader, std::string_view& out) {
  return speculate_text(reader, out) && (reader.door() != Door::command || scan::is_uuid(out));
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
