#include "kernel/reader.hpp"

#include <array>
#include <string>

#include "kernel/interner.hpp"

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
