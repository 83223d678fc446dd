// The reader's strings: UTF-8, escapes, and what no text may hold.
#include "kernel/reader.hpp"
#include "kernel/unicode/encoding.hpp"

namespace crowbar {

bool Reader::string(std::string_view& out) {
  skip_space();
  if (at_end() || *at_ != '"') return fail_type("text");
  ++at_;
  return string_rest(out);
}

bool Reader::string_rest(std::string_view& out) {
  const char* stop = scan::to_special(at_, end_);
  if (stop < end_ && *stop == '"') {
    out = {at_, static_cast<std::size_t>(stop - at_)};
    at_ = stop + 1;
    return true;
  }
  return string_slow(stop, out);
}

// The string has an escape, something that is not ASCII, or a fault. `stop` is the first such byte.
bool Reader::string_slow(const char* stop, std::string_view& out) {
  const char* start = at_;
  const char* at = stop;
  while (at < end_ && *at != '"' && *at != '\\') {  // no escape yet: check in place
    if (!code_point(at)) return false;
    at = scan::to_special(at, end_);
  }
  if (at >= end_) return fail_at(FaultCode::unexpected_end, end_);
  if (*at == '"') {
    out = {start, static_cast<std::size_t>(at - start)};
    at_ = at + 1;
    return true;
  }
  const char* close = at;  // an unescaped text is never longer than what stands between the quotes
  while (close < end_ && *close != '"') close += *close == '\\' ? 2 : 1;
  if (close > end_) close = end_;
  char* const unescaped = arena_->allocate(static_cast<std::size_t>(close - start));
  char* to = unescaped;
  for (const char* from = start;;) {
    std::memcpy(to, from, static_cast<std::size_t>(at - from));
    to += at - from;
    if (at >= end_) return fail_at(FaultCode::unexpected_end, end_);
    if (*at == '"') break;
    from = at;
    if (*at == '\\') {
      if (!escape(at, to)) return false;
      from = at;
    } else if (!code_point(at)) {
      return false;
    }
    at = scan::to_special(at, end_);
  }
  out = {unescaped, static_cast<std::size_t>(to - unescaped)};
  at_ = at + 1;
  return true;
}

// Passes over one code point that is not plain: UTF-8 of two to four bytes, or a fault.
bool Reader::code_point(const char*& at) {
  if (*at == '\0') return fail_at(FaultCode::nul_byte, at);
  if (static_cast<unsigned char>(*at) < 0x20) return fail_at(FaultCode::control_character, at);
  const unicode::Decoded decoded = unicode::decode(at, end_);
  if (decoded.size == 0) {
    return fail_at(decoded.surrogate ? FaultCode::lone_surrogate : FaultCode::invalid_utf8, at);
  }
  if (unicode::is_noncharacter(decoded.code_point)) return fail_at(FaultCode::noncharacter, at);
  at += decoded.size;
  return true;
}

bool Reader::hex4(const char* at, std::uint32_t& unit) {
  unit = 0;
  for (int i = 0; i < 4; ++i) {
    if (at + i >= end_) return fail_at(FaultCode::unexpected_end, end_);
    const char c = at[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return fail_at(FaultCode::invalid_escape, at - 2);
    unit = unit * 16 + static_cast<std::uint32_t>(digit);
  }
  return true;
}

// `at` is at a backslash; what it stands for goes to `to`.
bool Reader::escape(const char*& at, char*& to) {
  if (at + 1 >= end_) return fail_at(FaultCode::unexpected_end, end_);
  constexpr std::string_view names = "\"\\/bfnrt";
  constexpr std::string_view values = "\"\\/\b\f\n\r\t";
  const char name = at[1];
  if (const std::size_t found = names.find(name); found != std::string_view::npos) {
    *to++ = values[found];
    at += 2;
    return true;
  }
  if (name != 'u') return fail_at(FaultCode::invalid_escape, at);
  std::uint32_t unit = 0;
  if (!hex4(at + 2, unit)) return false;
  const char* next = at + 6;
  if (unit >= 0xDC00 && unit <= 0xDFFF) return fail_at(FaultCode::lone_surrogate, at);
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    std::uint32_t low = 0;
    if (end_ - next < 2 || next[0] != '\\' || next[1] != 'u') return fail_at(FaultCode::lone_surrogate, at);
    if (!hex4(next + 2, low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return fail_at(FaultCode::lone_surrogate, at);
    unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    next += 6;
  }
  if (unicode::is_noncharacter(unit)) return fail_at(FaultCode::noncharacter, at);
  to = unicode::encode(unit, to);
  at = next;
  return true;
}

}  // namespace crowbar
