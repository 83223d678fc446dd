// nlohmann_json as the judge of the strict reader: what it takes, less what we take nothing of, and to which values.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/reader.hpp"
#include "kernel/unicode/encoding.hpp"

namespace crowbar::fuzz {

/// A document as a trace of what was read: one line a token, texts with their length in front.
class Trace {
 public:
  void token(std::string_view what) { (trace_ += what) += '\n'; }
  void text(std::string_view kind, std::string_view text) {
    trace_ += kind;
    (trace_ += std::to_string(text.size())) += ' ';
    (trace_ += text) += '\n';
  }
  void number(std::int64_t number) { (trace_ += std::to_string(number)) += '\n'; }
  const std::string& all() const { return trace_; }

 private:
  std::string trace_;
};

/// Takes nlohmann's events and refuses what the strict reader must refuse: floats and whatever became one, -0, what
/// lies beyond 2^53-1, noncharacters, keys that come twice, more than 32 levels, more than 256 members.
class Oracle : public nlohmann::json_sax<nlohmann::json> {
 public:
  const std::string& trace() const { return trace_.all(); }

  bool null() override { return said("null"); }
  bool boolean(bool value) override { return said(value ? "true" : "false"); }
  // nlohmann hands negative numbers here, the others to number_unsigned: a zero here was -0.
  bool number_integer(number_integer_t value) override {
    if (value == 0 || value < -max_integer) return false;
    trace_.number(value);
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(max_integer)) return false;
    trace_.number(static_cast<std::int64_t>(value));
    return true;
  }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool string(string_t& text) override {
    trace_.text("\"", text);
    return has_only_characters(text);
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    objects_.emplace_back();
    return said("{") && ++depth_ <= max_depth;
  }
  bool key(string_t& key) override {
    trace_.text(":", key);
    return has_only_characters(key) && objects_.back().insert(key).second && objects_.back().size() <= max_members;
  }
  bool end_object() override {
    objects_.pop_back();
    --depth_;
    return said("}");
  }
  bool start_array(std::size_t) override { return said("[") && ++depth_ <= max_depth; }
  bool end_array() override {
    --depth_;
    return said("]");
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  bool said(std::string_view what) {
    trace_.token(what);
    return true;
  }
  static bool has_only_characters(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
      const unicode::Decoded decoded = unicode::decode(at, end);
      if (decoded.size == 0 || unicode::is_noncharacter(decoded.code_point)) return false;
      at += decoded.size;
    }
    return true;
  }

  Trace trace_;
  std::vector<std::set<std::string>> objects_;
  std::uint32_t depth_ = 0;
};

/// nlohmann takes a NUL byte for the end of the input, and passes over a byte order mark: both are asked before it.
inline bool oracle_takes(std::string_view input, Oracle& oracle) {
  if (input.find('\0') != std::string_view::npos || input.starts_with("\xEF\xBB\xBF")) return false;
  return nlohmann::json::sax_parse(input, &oracle);
}

}  // namespace crowbar::fuzz
