// What is wrong with bytes, before any rule is asked: one catalogue of codes and plain sentences for every door.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crowbar {

/// What an answer means to its caller; the table from outcome to HTTP status stands with the HTTP handlers.
enum class Outcome : std::uint8_t {
  malformed,    ///< the caller has a bug; sending it again cannot help
  too_large,    ///< over a limit of size
  forbidden,    ///< this person may not
  conflict,     ///< the stream moved on; fold the new events and decide again
  rejected,     ///< a rule said no
  unavailable,  ///< wait and try again
  defect,       ///< we have a bug
};
std::string_view name_of(Outcome outcome);

/// The codes of faults. They are frozen: stored by clients, shown in catalogues, never renamed or removed.
enum class FaultCode : std::uint8_t {
  none,
  // of text
  empty_input,
  too_large,
  byte_order_mark,
  nul_byte,
  invalid_utf8,
  lone_surrogate,
  noncharacter,
  control_character,
  invalid_escape,
  unexpected_character,
  unexpected_end,
  trailing_content,
  too_deep,
  duplicate_key,
  too_many_members,
  number_malformed,
  not_an_integer,
  negative_zero,
  integer_out_of_range,
  // of shape
  wrong_type,
  unknown_key,
  missing_key,
  unknown_type,
  id_invalid,
  stream_invalid,
  foreign_stream,
  value_out_of_range,
  // of order
  version_conflict,
  version_gap,
  event_unknown,
  page_missing,
  not_a_verdict,
  // of handles
  unknown_aggregate,
  unknown_view,
  handle_closed,
  snapshot_corrupt,
  snapshot_foreign,
  too_many_handles,
};
inline constexpr int fault_count = static_cast<int>(FaultCode::too_many_handles) + 1;

/// What the catalogue says of a code. `sentence` may hold `{offset}`, `{limit}`, `{actual}`, `{expected}`, `{name}`.
struct FaultDescription {
  std::string_view code;
  Outcome outcome;
  std::string_view sentence;
};
const FaultDescription& describe(FaultCode code);

/// One fault: its code, where it stands, and the values that its sentence names. Numbers that do not apply are -1.
struct Fault {
  FaultCode code = FaultCode::none;
  std::string pointer;         ///< JSON pointer (RFC 6901) of the value, where there is one
  std::int64_t line = -1;      ///< in lines of JSON (NDJSON), counted from 1
  std::int64_t offset = -1;    ///< byte offset in what was read, in its line where there are lines
  std::int64_t limit = -1;     ///< the limit that was passed
  std::int64_t expected = -1;  ///< the version that was expected
  std::int64_t actual = -1;    ///< the version or the number that is there
  std::string name;            ///< the key, type, stream or view that is meant

  explicit operator bool() const { return code != FaultCode::none; }
};

}  // namespace crowbar
