#include "kernel/reader.hpp"

#include <array>
#include <string>

#include "kernel/interner.hpp"
#include "kernel/unicode/encoding.hpp"

namespace crowbar {

bool KeySet::contains(Text key) const {
  for (std::uint32_t i = 0; i < size_; ++i) {
    if (keys_[i] == key) return true;
  }
  return false;
}

void KeySet::add(Text key) {
  if (size_ == capacity_) {
    const std::uint32_t capacity = capacity_ == 0 ? 8 : capacity_ * 2;
    auto* keys = reinterpret_cast<std::string_view*>(arena_.allocate(capacity * sizeof(std::string_view)));
    for (std::uint32_t i = 0; i < size_; ++i) keys[i] = keys_[i];
    keys_ = keys;
    capacity_ = capacity;
  }
  keys_[size_++] = key;
}

bool Reader::begin(std::size_t max_bytes) {
  const auto size = static_cast<std::size_t>(end_ - at_);
  if (size > max_bytes) {
    fault_->limit = static_cast<std::int64_t>(max_bytes);
    fault_->actual = static_cast<std::int64_t>(size);
    fault_->code = FaultCode::too_large;
    return false;
  }
  if (!no_mark()) return false;
  skip_space();
  return at_end() ? fail(FaultCode::empty_input) : true;
}

bool Reader::no_mark() {
  const bool mark = end_ - at_ >= 3 && at_[0] == '\xEF' && at_[1] == '\xBB' && at_[2] == '\xBF';
  return mark ? fail(FaultCode::byte_order_mark) : true;
}

bool Reader::finish() {
  skip_space();
  return at_end() ? true : fail(*at_ == '\0' ? FaultCode::nul_byte : FaultCode::trailing_content);
}

bool Reader::fail_at(FaultCode code, const char* where) {
  if (*fault_) return false;
  fault_->code = code;
  fault_->offset = where - origin_;
  return false;
}

bool Reader::fail(FaultCode code) { return fail_at(code, at_); }

bool Reader::fail_type(Text wanted) {
  const char* start = at_;
  if (!skip_value()) return false;
  at_ = start;
  fault_->name = wanted;
  return fail(FaultCode::wrong_type);
}

bool Reader::within(Text key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  fault_->pointer.insert(0, step);
  return false;
}

bool Reader::within(std::uint32_t index) {
  std::array<char, 10> digits{};
  std::size_t at = digits.size();
  do {
    digits[--at] = static_cast<char>('0' + index % 10);
    index /= 10;
  } while (index != 0);
  fault_->pointer.insert(0, digits.data() + at, digits.size() - at);
  fault_->pointer.insert(0, 1, '/');
  return false;
}

bool Reader::enter(char open, Text wanted) {
  skip_space();
  if (at_end() || *at_ != open) return fail_type(wanted);
  if (depth_ == max_depth) {
    fault_->limit = max_depth;
    return fail(FaultCode::too_deep);
  }
  ++depth_;
  ++at_;
  return true;
}

bool Reader::more(char close) {
  skip_space();
  if (at_end()) return fail(FaultCode::unexpected_end);
  if (*at_ == close) {
    ++at_;
    leave();
    return false;
  }
  if (*at_ != ',') return fail(*at_ == '\0' ? FaultCode::nul_byte : FaultCode::unexpected_character);
  ++at_;
  return true;
}

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

bool Reader::integer(std::int64_t& out) {
  skip_space();
  const char* at = at_;
  const bool negative = at < end_ && *at == '-';
  if (negative) ++at;
  const char* digits = at;
  std::int64_t value = 0;
  bool beyond = false;
  for (; at < end_ && *at >= '0' && *at <= '9'; ++at) {
    if (!beyond) value = value * 10 + (*at - '0');
    beyond = beyond || value > max_integer;
  }
  if (at == digits) return negative ? fail(FaultCode::number_malformed) : fail_type("whole number");
  if (*digits == '0' && at - digits > 1) return fail(FaultCode::number_malformed);
  if (at < end_ && (*at == '.' || *at == 'e' || *at == 'E')) {
    const bool fraction = *at == '.';
    ++at;
    if (!fraction && at < end_ && (*at == '+' || *at == '-')) ++at;
    const char* start = at;
    while (at < end_ && *at >= '0' && *at <= '9') ++at;
    if (at == start) return fail(FaultCode::number_malformed);
    if (fraction && at < end_ && (*at == 'e' || *at == 'E')) {
      ++at;
      if (at < end_ && (*at == '+' || *at == '-')) ++at;
      if (at >= end_ || *at < '0' || *at > '9') return fail(FaultCode::number_malformed);
    }
    return fail(FaultCode::not_an_integer);
  }
  if (negative && value == 0) return fail(FaultCode::negative_zero);
  if (beyond) return fail(FaultCode::integer_out_of_range);
  out = negative ? -value : value;
  at_ = at;
  return true;
}

bool Reader::literal(Text word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (at_ + i >= end_) return fail_at(FaultCode::unexpected_end, end_);
    if (at_[i] != word[i]) return fail(FaultCode::unexpected_character);
  }
  at_ += word.size();
  return true;
}

bool Reader::boolean(bool& out) {
  skip_space();
  if (peek() != 't' && peek() != 'f') return fail_type("true or false");
  out = peek() == 't';
  return literal(out ? "true" : "false");
}

bool Reader::raw(Raw& out) {
  skip_space();
  const char* start = at_;
  if (!skip_value()) return false;
  out.bytes = {start, static_cast<std::size_t>(at_ - start)};
  return true;
}

bool Reader::skip_value() {
  skip_space();
  if (at_end()) return fail(FaultCode::unexpected_end);
  std::string_view text;
  std::int64_t number = 0;
  switch (*at_) {
    case '{': return skip_object();
    case '[': return skip_array();
    case '"': return string(text);
    case 't': return literal("true");
    case 'f': return literal("false");
    case 'n': return literal("null");
    case '\0': return fail(FaultCode::nul_byte);
    default:
      if (*at_ != '-' && (*at_ < '0' || *at_ > '9')) return fail(FaultCode::unexpected_character);
      return integer(number);
  }
}

bool Reader::skip_object() {
  if (!enter('{', "object")) return false;
  skip_space();
  if (peek() == '}') {
    ++at_;
    leave();
    return true;
  }
  KeySet keys(*arena_);
  Interner many;  // a document of our own may have more members than a list of keys should be searched for
  do {
    skip_space();
    if (at_end()) return fail(FaultCode::unexpected_end);
    if (*at_ != '"') return fail(*at_ == '\0' ? FaultCode::nul_byte : FaultCode::unexpected_character);
    std::string_view key;
    const char* start = at_;
    if (!string(key)) return false;
    const bool document = door_ == Door::document;
    if (document ? many.find(key) != Interner::none : keys.contains(key)) {
      fault_->name = key;
      fail_at(FaultCode::duplicate_key, start);
      return within(key);
    }
    if (document) {
      many.add(key);
    } else if (keys.size() == max_members) {
      fault_->limit = max_members;
      return fail(FaultCode::too_many_members);
    } else {
      keys.add(key);
    }
    skip_space();
    if (at_end()) return fail(FaultCode::unexpected_end);
    if (!match(':')) return fail(FaultCode::unexpected_character);
    if (!skip_value()) return within(key);
  } while (more('}'));
  return !failed();
}

bool Reader::skip_array() {
  if (!enter('[', "array")) return false;
  skip_space();
  if (peek() == ']') {
    ++at_;
    leave();
    return true;
  }
  std::uint32_t index = 0;
  do {
    if (!skip_value()) return within(index);
    ++index;
  } while (more(']'));
  return !failed();
}

Fault check_json(Text input, std::size_t max_bytes) {
  Arena arena;
  Fault fault;
  Reader reader(input, Door::command, arena, fault);
  if (reader.begin(max_bytes) && reader.skip_value()) reader.finish();
  return fault;
}

}  // namespace crowbar
