// The bytes that stand around what a specification is about: stored events, commands and contexts as their canonical
// lines, and the core that takes them.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "chat/channel/aggregate.hpp"
#include "given.hpp"
#include "kernel/core.hpp"
#include "registry/chat.hpp"

namespace crowbar::tests {

using Chat = Core<registry::chat>;

inline constexpr std::string_view command_id = "018df4c1-4800-7000-8000-000000000001";
inline const std::string zeros(64, '0');  ///< the domain of a core that was told none

template <class T>
std::string canonical(const T& value) {
  Bytes out;
  write_value(out, value);
  return std::string(out.view());
}

/// A stored event, whatever its data.
struct Stored {
  std::string_view stream = "channel-general";
  std::int64_t version = 1;
  std::string_view type;
  std::string_view data = "{}";
  std::int64_t schema = 1;
  std::string_view actor = "ada";
  std::int64_t at = noon.ms;

  std::string line() const {
    const std::string id = concat(command_id, ".0");
    return canonical(EventEnvelope{
        id, {stream}, version, type, schema, {at}, {{actor}, List<std::string_view>{}}, command_id, zeros, {data}});
  }
};

/// The stored lines of a history, from the event `first` on (counted from 1).
template <class A>
std::string lines(const History<A>& history, std::size_t first = 1) {
  const std::string stream = concat(A::Contract::name, "-", history.id());
  std::string lines;
  for (std::size_t number = first; number <= history.events().size(); ++number) {
    const Happened<A>& one = history.events()[number - 1];
    std::visit(
        [&]<class E>(const E& event) {
          lines += Stored{stream,
                          static_cast<std::int64_t>(number),
                          description<E>.name,
                          canonical(event),
                          description<E>.schema,
                          one.actor.value,
                          one.at.ms}
                       .line();
        },
        one.event);
    lines += '\n';
  }
  return lines;
}

/// The channel general in `core`, as `history` left it.
inline Handle opened(Chat& core, const History<chat::channel::Aggregate>& history) {
  const Handle handle = core.open("channel", "channel-general");
  REQUIRE(handle != 0);
  REQUIRE(core.fold(handle, lines(history)));
  return handle;
}

/// A command as a client sends it.
inline std::string command(std::string_view type, std::string_view data, std::string_view stream = "channel-general",
                           std::optional<std::int64_t> expected_version = {}) {
  return canonical(CommandEnvelope{{command_id}, {stream}, type, expected_version, {data}});
}
template <Described C>
std::string command(const C& data, std::string_view stream = "channel-general") {
  return command(description<C>.name, canonical(data), stream);
}

/// A context as a server makes it.
inline std::string context(ActorId actor, Instant at = noon) {
  return concat("{\"at\":", std::to_string(at.ms), ",\"actor\":{\"id\":\"", actor.value, "\"}}");
}

/// The value of `"key":"…"` at its first place in canonical JSON; empty where there is none.
inline std::string text_at(std::string_view json, std::string_view key) {
  const std::string mark = concat("\"", key, "\":\"");
  const std::size_t at = json.find(mark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = json.substr(at + mark.size());
  return std::string(rest.substr(0, rest.find('"')));
}
inline std::string code_of(std::string_view refusal) { return text_at(refusal, "code"); }

/// The value of `"key":n`, or -1.
inline std::int64_t number_at(std::string_view json, std::string_view key) {
  const std::string mark = concat("\"", key, "\":");
  const std::size_t at = json.find(mark);
  std::int64_t number = -1;  // stays so where no digits follow
  if (at != std::string_view::npos) std::from_chars(json.data() + at + mark.size(), json.data() + json.size(), number);
  return number;
}

}  // namespace crowbar::tests
