#include "kernel/refusal.hpp"

#include <array>
#include <span>
#include <string>

#include "kernel/unicode/encoding.hpp"

namespace crowbar {
namespace {

// A value that a sentence may name: a number, or a text where `number` is -1.
struct Param {
  std::string_view name;
  std::int64_t number = -1;
  std::string_view text{};
  bool shown = true;  // as a member of "params", beside being named in the sentence

  bool present() const { return number >= 0 || !text.empty(); }
};

std::string filled(Text sentence, const std::span<const Param>& params) {
  std::string message;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (sentence[at] != '{') {
      message += sentence[at];
      continue;
    }
    const std::size_t close = sentence.find('}', at);
    const std::string_view name = sentence.substr(at + 1, close - at - 1);
    for (const Param& param : params) {
      if (param.name != name) continue;
      if (param.number >= 0) {
        Bytes digits;
        write_integer(digits, param.number);
        message += digits.view();
      } else {
        message += param.text;
      }
    }
    at = close;
  }
  return message;
}

void write(Bytes& out, Text code, Text sentence, Text pointer, const std::span<const Param>& params) {
  out.append("{\"code\":");
  write_text(out, code);
  out.append(",\"message\":");
  write_text(out, filled(sentence, params));
  if (!pointer.empty()) {
    out.append(",\"pointer\":");
    write_text(out, pointer);
  }
  bool any = false;
  for (const Param& param : params) {
    if (!param.shown || !param.present()) continue;
    out.append(any ? "," : ",\"params\":{");
    any = true;
    write_text(out, param.name);
    out.push(':');
    if (param.number >= 0) {
      write_integer(out, param.number);
    } else {
      write_text(out, param.text);
    }
  }
  out.append(any ? "}}" : "}");
}

// What came from outside may be no text at all; an answer always is. What is not a character becomes U+FFFD, and after
// 128 bytes it is enough.
std::string shown(Text text) {
  std::string visible;
  for (std::size_t at = 0; at < text.size() && visible.size() < 128;) {
    const unicode::Decoded decoded = unicode::decode(text.data() + at, text.data() + text.size());
    const bool good = decoded.size != 0 && !unicode::is_noncharacter(decoded.code_point);
    visible += good ? text.substr(at, decoded.size) : std::string_view("\xEF\xBF\xBD");
    at += decoded.size == 0 ? 1 : decoded.size;
  }
  return visible;
}

}  // namespace

void write_fault(Bytes& out, const Fault& fault) {
  const FaultDescription& described = describe(fault.code);
  const std::string name = shown(fault.name);
  const std::array<Param, 6> params{{{"line", fault.line},
                                     {"offset", fault.offset},
                                     {"expected", fault.expected},
                                     {"actual", fault.actual},
                                     {"limit", fault.limit},
                                     {"name", -1, name}}};
  write(out, described.code, described.sentence, fault.pointer.empty() ? std::string() : shown(fault.pointer), params);
}

void write_refused(Bytes& out, const Fault& fault) {
  out.append("{\"accepted\":false,\"rejection\":");
  write_fault(out, fault);
  out.push('}');
}

void write_rejection(Bytes& out, Text code, Text sentence, const Reason& reason, Text stream, Text actor) {
  const std::array<Param, 4> params{
      {{"limit", reason.limit}, {"actual", reason.actual}, {"stream", -1, stream, false}, {"actor", -1, actor, false}}};
  write(out, code, sentence, reason.pointer, params);
}

}  // namespace crowbar
