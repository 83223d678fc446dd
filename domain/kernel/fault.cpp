#include "kernel/fault.hpp"

#include <array>

namespace crowbar {
namespace {

constexpr std::array<FaultDescription, fault_count> catalogue{{
    {"none", Outcome::defect, "Nothing is wrong."},
    {"empty_input", Outcome::malformed, "There is nothing to read: the input is empty."},
    {"too_large", Outcome::too_large, "The input has {actual} bytes; the limit is {limit}."},
    {"byte_order_mark", Outcome::malformed, "The input begins with a byte order mark; JSON is sent without one."},
    {"nul_byte", Outcome::malformed, "There is a NUL byte at byte {offset}."},
    {"invalid_utf8", Outcome::malformed, "The bytes at {offset} are not UTF-8."},
    {"lone_surrogate", Outcome::malformed, "Half a surrogate pair stands alone at byte {offset}."},
    {"noncharacter", Outcome::malformed, "The code point at byte {offset} is not a character, for ever."},
    {"control_character", Outcome::malformed, "A control character at byte {offset} must be written as an escape."},
    {"invalid_escape", Outcome::malformed, "The escape at byte {offset} is none that JSON knows."},
    {"unexpected_character", Outcome::malformed, "The character at byte {offset} cannot stand there in JSON."},
    {"unexpected_end", Outcome::malformed, "The input ends at byte {offset}, in the middle of a value."},
    {"trailing_content", Outcome::malformed, "There is more after the end of the value, at byte {offset}."},
    {"too_deep", Outcome::malformed, "The value at byte {offset} is nested deeper than {limit} levels."},
    {"duplicate_key", Outcome::malformed, "The key \"{name}\" stands twice in one object."},
    {"too_many_members", Outcome::malformed, "An object has more than {limit} members, at byte {offset}."},
    {"number_malformed", Outcome::malformed, "The number at byte {offset} is not written as JSON writes numbers."},
    {"not_an_integer", Outcome::malformed,
     "The number at byte {offset} has a fraction or an exponent; only whole numbers are taken."},
    {"negative_zero", Outcome::malformed, "The number at byte {offset} is -0; write 0."},
    {"integer_out_of_range", Outcome::malformed,
     "The number at byte {offset} lies beyond 2^53-1, where JavaScript counts no longer exactly."},
    {"wrong_type", Outcome::malformed, "Wanted here: {name}."},
    {"unknown_key", Outcome::malformed, "The key \"{name}\" is not known here."},
    {"missing_key", Outcome::malformed, "The key \"{name}\" is missing."},
    {"unknown_type", Outcome::malformed, "There is no command \"{name}\" here."},
    {"id_invalid", Outcome::malformed, "\"{name}\" does not have the form of an id."},
    {"stream_invalid", Outcome::malformed, "\"{name}\" is not the name of a stream: <aggregate>-<id> is wanted."},
    {"foreign_stream", Outcome::malformed, "This belongs to another stream: {name}."},
    {"value_out_of_range", Outcome::malformed, "The number {actual} is out of range; the limit is {limit}."},
    {"version_conflict", Outcome::conflict, "Expected version {expected}, stream {name} is at {actual}."},
    {"version_gap", Outcome::conflict, "Expected version {expected} of stream {name}, got {actual}."},
    {"event_unknown", Outcome::defect, "The stored event {name} with schema {actual} is not known to this module."},
    {"page_missing", Outcome::conflict, "{name} is of a page before page {limit}, which is the first one open."},
    {"not_a_verdict", Outcome::malformed, "This is not an accepted verdict."},
    {"unknown_aggregate", Outcome::malformed, "There is no aggregate \"{name}\"."},
    {"unknown_view", Outcome::malformed, "There is no view \"{name}\"."},
    {"handle_closed", Outcome::defect, "This handle is closed, or was never open."},
    {"snapshot_corrupt", Outcome::defect, "The snapshot is damaged; fold the stream again."},
    {"snapshot_foreign", Outcome::conflict, "The snapshot was made by another module ({name}); fold the stream again."},
    {"too_many_handles", Outcome::unavailable, "There are {limit} streams and views open; close one first."},
}};

}  // namespace

const FaultDescription& describe(FaultCode code) { return catalogue[static_cast<std::size_t>(code)]; }

std::string_view name_of(Outcome outcome) {
  constexpr std::array<std::string_view, 7> names{"malformed", "too_large",   "forbidden", "conflict",
                                                  "rejected",  "unavailable", "defect"};
  return names[static_cast<std::size_t>(outcome)];
}

}  // namespace crowbar
