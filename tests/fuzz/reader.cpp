// The strict reader against nlohmann_json: they take and refuse the same documents, and read the same values. And the
// reader's own two speeds against each other: what speculation takes, the general reader takes, to the same record.
#include <cstdint>
#include <vector>

#include "chat/messages/projection.hpp"
#include "claim.hpp"
#include "kernel/envelope.hpp"
#include "kernel/typed_reader.hpp"
#include "kernel/view.hpp"
#include "kernel/writer.hpp"
#include "oracle.hpp"

namespace crowbar::fuzz {
namespace {

bool walk(Reader& reader, Trace& trace) {
  reader.skip_space();
  std::string_view text;
  std::int64_t number = 0;
  bool flag = false;
  switch (reader.peek()) {
    case '{':
      trace.token("{");
      if (!read_entries(reader, [&](std::string_view key) {
            trace.text(":", key);
            return walk(reader, trace);
          })) {
        return false;
      }
      trace.token("}");
      return true;
    case '[':
      trace.token("[");
      if (!read_items(reader, [&](std::uint32_t) { return walk(reader, trace); })) return false;
      trace.token("]");
      return true;
    case '"':
      if (!reader.string(text)) return false;
      trace.text("\"", text);
      return true;
    case 't':
    case 'f':
      if (!reader.boolean(flag)) return false;
      trace.token(flag ? "true" : "false");
      return true;
    case 'n': {
      Raw raw;
      if (!reader.raw(raw)) return false;
      trace.token("null");
      return true;
    }
    default:
      if (!reader.integer(number)) return false;
      trace.number(number);
      return true;
  }
}

template <class R>
void both_speeds(std::string_view input, Door door) {
  Arena arena;
  Fault guessed;
  Reader guess(input, door, arena, guessed);
  R fast{};
  if (!speculate(guess, fast)) return;
  Fault fault;
  Reader general(input, door, arena, fault);
  R slow{};
  claim(read_value(general, slow), "what speculation takes, the general reader takes", input);
  claim(guess.position() == general.position(), "both speeds end at the same place", input);
  Bytes one;
  Bytes other;
  write_value(one, fast);
  write_value(other, slow);
  claim(one.view() == other.view(), "both speeds read the same", input);
}

}  // namespace
}  // namespace crowbar::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace crowbar;
  using namespace crowbar::fuzz;
  // In memory of its own and of just this size, so that a read beyond the end is seen.
  const std::vector<char> bytes(data, data + size);
  const std::string_view input(bytes.data(), size);

  Oracle oracle;
  const bool wanted = oracle_takes(input, oracle);
  const Fault fault = check_json(input);
  claim(!fault == wanted, wanted ? "what the oracle takes is taken" : "what the oracle refuses is refused",
        describe(fault.code).code);
  if (wanted) {
    Arena arena;
    Fault none;
    Reader reader(input, Door::log, arena, none);
    Trace trace;
    claim(reader.begin(size) && walk(reader, trace) && reader.finish(), "what is taken is read", input);
    claim(trace.all() == oracle.trace(), "both read the same values", input);
  } else {
    claim(fault.code == FaultCode::empty_input || fault.offset <= static_cast<std::int64_t>(size),
          "a fault lies in the input", input);
  }
  both_speeds<EventEnvelope>(input, Door::log);
  both_speeds<CommandEnvelope>(input, Door::command);
  both_speeds<ContextEnvelope>(input, Door::command);
  both_speeds<ViewEnvelope>(input, Door::log);
  both_speeds<chat::channel::SendMessage>(input, Door::command);
  both_speeds<chat::messages::Row>(input, Door::log);
  return 0;
}
