#include "kernel/verdict.hpp"

namespace crowbar {

std::string claim_key(const Claim& claim) {
  std::string key(claim.space);
  key += ':';
  key += claim.name;
  return key;
}

void keep(const Claims& claims, Held& held) {
  for (const Claim& claim : claims) {
    if (claim.take) {
      held.push_back(claim_key(claim));
    } else {
      std::erase(held, claim_key(claim));
    }
  }
}

bool Verdict::expects(const CommandEnvelope& command, Bytes& out) const {
  if (!command.expected_version || *command.expected_version == version_) return true;
  Fault conflict;
  conflict.code = FaultCode::version_conflict;
  conflict.name = stream_;
  conflict.expected = *command.expected_version;
  conflict.actual = version_;
  refuse(out, conflict);
  return false;
}

void Verdict::reject(Bytes& out, std::string_view code, std::string_view sentence, const Reason& reason,
                     const ContextReader& context) const {
  out.append("{\"accepted\":false,\"rejection\":");
  write_rejection(out, code, sentence, reason, stream_, context.envelope().actor.id.value);
  out.push('}');
}

void Verdict::begin(Bytes& out, std::uint32_t events) const {
  out.append("{\"accepted\":true,\"stream\":\"");
  out.append(stream_);
  out.append("\",\"version\":");
  write_integer(out, version_ + events);
  out.append(",\"events\":[");
}

// Ids, the stream and the domain have no byte that JSON escapes, so they are written as they are.
void Verdict::event(Bytes& out, std::uint32_t index, const WriteShape& shape, const void* event,
                    const CommandEnvelope& command, const ContextReader& context) const {
  out.append(index == 0 ? "{\"id\":\"" : ",{\"id\":\"");
  out.append(command.id.value);
  out.push('.');
  write_integer(out, index);
  out.append("\",\"stream\":\"");
  out.append(stream_);
  out.append("\",\"version\":");
  write_integer(out, version_ + 1 + index);
  out.push(',');
  out.append(shape.type);
  out.append(context.stamp());
  out.append(",\"command\":\"");
  out.append(command.id.value);
  out.append("\",\"domain\":\"");
  out.append(domain_);
  out.append("\",\"data\":");
  write_members(out, event, shape.slots);
  out.push('}');
}

void Verdict::claims(Bytes& out, const Claims& claims, bool& any) const {
  for (const Claim& claim : claims) {
    out.append(any ? ",{\"key\":" : "],\"claims\":[{\"key\":");
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

}  // namespace crowbar
