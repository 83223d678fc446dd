#include "kernel/verdict.hpp"

namespace crowbar {

std::string claim_key(const Claim& claim) {
  std::string key(claim.space);
  key += ':';
  key += claim.name;
  return key;
}

// The others keep their order.
static void release(Held& held, Text key) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] == key) continue;
    held[kept++].swap(held[i]);
  }
  while (held.size() > kept) held.pop_back();
}

void keep(const Claims& claims, Held& held) {
  for (const Claim& claim : claims) {
    if (claim.take) {
      held.push_back(claim_key(claim));
    } else {
      release(held, claim_key(claim));
    }
  }
}

bool Verdict::asks(const Asking& asking, CommandReader& reader, ContextReader& context, Arena& arena,
                   Bytes& out) const {
  if (!reader.data(asking.shapes, asking.command)) {
    write_refused(out, reader.fault());
    return false;
  }
  const std::optional<std::int64_t>& expected = reader.envelope().expected_version;
  if (expected && *expected != version_) {
    Fault conflict;
    conflict.code = FaultCode::version_conflict;
    conflict.name = stream_;
    conflict.expected = *expected;
    conflict.actual = version_;
    write_refused(out, conflict);
    return false;
  }
  if (context.facts(asking.facts, asking.members, arena)) return true;
  write_refused(out, context.fault());
  return false;
}

void Verdict::reject(Bytes& out, Text code, Text sentence, const Reason& reason, const ContextReader& context) const {
  out.append("{\"accepted\":false,\"rejection\":");
  write_rejection(out, code, sentence, reason, stream_, context.envelope().actor.id.value);
  out.push('}');
}

namespace {

/// Writes what has a known size into room that was made for all of it at once.
struct Pen {
  char* at;

  template <std::size_t N>
  CROWBAR_INLINE void literal(const char (&text)[N]) {
    copy(at, text, N - 1);
    at += N - 1;
  }
  CROWBAR_INLINE void text(Text text) {
    copy(at, text.data(), text.size());
    at += text.size();
  }
  CROWBAR_INLINE void number(std::int64_t number) { at = write_digits(at, number); }
};
constexpr std::size_t room_for_literals = 160;
constexpr std::size_t room_for_number = 20;

}  // namespace

void Verdict::begin(Bytes& out, std::uint32_t events) const {
  if (fields_ != nullptr) return fields_->begin(events, version_ + events);
  char* const start = out.room(room_for_literals + stream_.size() + room_for_number);
  Pen pen{start};
  pen.literal("{\"accepted\":true,\"stream\":\"");
  pen.text(stream_);
  pen.literal("\",\"version\":");
  pen.number(version_ + events);
  pen.literal(",\"events\":[");
  out.advance(static_cast<std::size_t>(pen.at - start));
}

// Ids, the stream and the domain have no byte that JSON escapes, so they are written as they are.
void Verdict::event(Bytes& out, std::uint32_t index, const WriteShape& shape, const void* event,
                    const CommandEnvelope& command, const ContextReader& context) const {
  if (fields_ != nullptr) return fields_->event(shape.number, shape.members, event);
  const std::string_view id = command.id.value;
  const std::string_view stamp = context.stamp();
  char* const start = out.room(room_for_literals + 2 * room_for_number + 2 * id.size() + stream_.size() +
                               shape.type.size() + stamp.size() + domain_.size());
  Pen pen{start};
  if (index != 0) pen.literal(",");
  pen.literal("{\"id\":\"");
  pen.text(id);
  pen.literal(".");
  pen.number(index);
  pen.literal("\",\"stream\":\"");
  pen.text(stream_);
  pen.literal("\",\"version\":");
  pen.number(version_ + 1 + index);
  pen.literal(",");
  pen.text(shape.type);
  pen.text(stamp);
  pen.literal(",\"command\":\"");
  pen.text(id);
  pen.literal("\",\"domain\":\"");
  pen.text(domain_);
  pen.literal("\",\"data\":");
  out.advance(static_cast<std::size_t>(pen.at - start));
  write_members(out, event, shape.members);
  out.push('}');
}

void Verdict::claims(Bytes& verdict, const Claims& claims, bool& any) const {
  Bytes& out = fields_ == nullptr ? verdict : fields_->texts();
  for (const Claim& claim : claims) {
    if (fields_ == nullptr && !any) out.append("],\"claims\":[");
    if (fields_ != nullptr && !any) fields_->begin_claims();
    out.append(any ? ",{\"key\":" : "{\"key\":");
    any = true;
    write_text(out, claim_key(claim));
    out.append(claim.take ? ",\"action\":\"take\",\"rejection\":\"" : ",\"action\":\"release\"");
    if (claim.take) {
      out.append(claim.rejection);
      out.push('"');
    }
    out.push('}');
  }
}

void Verdict::end(Bytes& out) const { fields_ == nullptr ? out.append("]}") : fields_->end(); }

}  // namespace crowbar
