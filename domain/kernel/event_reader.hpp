// From the bytes of a stored event to the event itself, in the shape of today.
#pragma once

#include <tuple>
#include <variant>

#include "kernel/envelope.hpp"
#include "kernel/speculation.hpp"

namespace crowbar {

/// Calls `visit(type)` with the first alternative of a variant (or tuple) for which `is(type)` holds; answers whether
/// there is one. The types come as std::type_identity.
template <class Alternatives>
struct Each;
template <template <class...> class Types, class... T>
struct Each<Types<T...>> {
  template <class Is, class Visit>
  static bool first(Is&& is, Visit&& visit) {
    return ((is(std::type_identity<T>{}) && (visit(std::type_identity<T>{}), true)) || ...);
  }
  template <class Visit>
  static void all(Visit&& visit) {
    (visit(std::type_identity<T>{}), ...);
  }
};

/// Brings an event of an earlier shape to the shape of today, one step at a time.
template <class E, class Visit>
void visit_upcast(const E& event, Visit&& visit) {
  if constexpr (requires { upcast(event); }) {
    visit_upcast(upcast(event), visit);
  } else {
    visit(event);
  }
}

/// Reads the data of an event of `Contract` and, once `close()` agrees that the whole event is well-formed, hands it to
/// `visit`. False, with a fault, where its type or its schema is not known, or its data has another shape.
template <class Contract, class Close, class Visit>
bool read_event_data(Reader& reader, const EventEnvelope& envelope, Close&& close, Visit&& visit) {
  bool read_it = false;
  const auto is = [&]<class E>(std::type_identity<E>) {
    return envelope.type == description<E>.name && envelope.schema == description<E>.schema;
  };
  const auto read_as = [&]<class E>(std::type_identity<E>) {
    E event{};
    read_it = read<Door::log>(reader, event) && close();
    if (read_it) visit_upcast(event, visit);
  };
  if (Each<typename Contract::Event>::first(is, read_as)) return read_it;
  if (Each<typename Contract::Earlier>::first(is, read_as)) return read_it;
  reader.fault().name = envelope.type;
  reader.fault().actual = envelope.schema;
  return reader.fail(FaultCode::event_unknown);
}

/// Reads one stored event. `data(reader, envelope, close)` is called where the event's data begins; it reads it or
/// passes over it, asks `close()` whether the event ends well, and acts only then. It may be called twice: first by
/// speculation on our canonical layout, and again if that led nowhere.
template <class Data>
bool read_event(Reader& reader, EventEnvelope& envelope, Data&& data) {
  reader.skip_space();
  const Reader::Mark mark = reader.mark();
  constexpr std::size_t last = description<EventEnvelope>.size - 1;
  if (reader.descend() && speculate_members<Door::log, 1>(reader, envelope) && reader.match(',') &&
      reader.match(key_of<EventEnvelope, last>)) {
    if (data(reader, envelope, [&] { return reader.match('}'); })) {
      reader.leave();
      return true;
    }
  }
  reader.reset(mark);
  envelope = {};
  if (!read_value(reader, envelope, Door::log)) return false;
  Reader inside = reader.inside(envelope.data);
  if (data(inside, envelope, [] { return true; })) return true;
  reader.fault() = inside.fault();
  return reader.within("data");
}

/// The lines of `bytes` (NDJSON), one after the other: `line(reader)` reads one value and answers whether to go on.
/// Blank lines are passed over. A fault carries its line, counted from 1, and offsets within it.
template <class Line>
bool each_line(std::string_view bytes, Arena& arena, std::size_t max_bytes, Fault& fault, Line&& line) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  const auto is_blank = [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; };
  for (std::int64_t number = 1;; ++number) {
    while (at < end && is_blank(*at)) number += *at++ == '\n' ? 1 : 0;
    if (at == end) return true;
    arena.clear();
    Reader reader({at, static_cast<std::size_t>(end - at)}, arena);
    bool ok = line(reader);
    if (ok) {
      const char* after = reader.position();
      while (after < end && *after != '\n' && is_blank(*after)) ++after;
      reader.go_to(after);
      if (after < end && *after != '\n') ok = reader.fail(FaultCode::trailing_content);
      if (ok && static_cast<std::size_t>(after - at) > max_bytes) {
        reader.fault().limit = static_cast<std::int64_t>(max_bytes);
        reader.fault().actual = after - at;
        ok = reader.fail_at(FaultCode::too_large, at);
      }
      at = after;
    }
    if (!ok) {
      fault = std::move(reader.fault());
      fault.line = number;
      return false;
    }
  }
}

}  // namespace crowbar
