// The strict reader's tokens: RFC 8259 JSON, and nothing that two parsers could understand in two ways.
//
// Refused although some parsers take it: a byte order mark, a NUL byte, half a surrogate pair, a noncharacter, a
// duplicate key, a fraction, an exponent, -0, an integer beyond 2^53-1, more than 32 levels, more than 256 members.
#pragma once

#include <cstdint>
#include <string_view>

#include "kernel/arena.hpp"
#include "kernel/copy.hpp"
#include "kernel/fault.hpp"
#include "kernel/value.hpp"

namespace crowbar {

/// Most bytes of a command or a context: a text of 4,000 code points fits even when each is written as two escapes.
inline constexpr std::size_t max_command_bytes = std::size_t{64} << 10;
/// Most bytes of a stored event: a command's, and what the server adds.
inline constexpr std::size_t max_event_bytes = std::size_t{128} << 10;
/// Most bytes of a stored view, a verdict or another document of our own.
inline constexpr std::size_t max_document_bytes = std::size_t{256} << 20;
inline constexpr std::uint32_t max_depth = 32;
inline constexpr std::uint32_t max_members = 256;

/// The keys of one object whose keys are not known beforehand, kept to find one that comes twice.
class KeySet {
 public:
  explicit KeySet(Arena& arena) : arena_(arena) {}
  [[gnu::noinline]] bool contains(Text key) const;
  [[gnu::noinline]] void add(Text key);
  std::uint32_t size() const { return size_; }

 private:
  Arena& arena_;
  std::string_view* keys_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

/// Who wrote what is read. At the door of commands an unknown key is refused and ids are judged; in the log, which only
/// we write, an unknown key is of a newer writer and is passed over. A document is a whole view or verdict of our own,
/// read as the log is, which may have any number of members.
enum class Door : std::uint8_t { command, log, document };

/// A position in a text, and the first fault found there. Every reading function answers false once there is a fault.
class Reader {
 public:
  /// Reads `input`; texts with escapes are unescaped into `arena`, the others stay views into `input`. What is wrong
  /// goes to `fault`, which is empty.
  Reader(Text input, Door door, Arena& arena, Fault& fault)
      : origin_(input.data()),
        at_(input.data()),
        end_(input.data() + input.size()),
        arena_(&arena),
        fault_(&fault),
        door_(door) {}

  /// A reader over a value that this one has passed as `Raw`: same origin, same fault.
  Reader inside(Raw raw) const {
    Reader reader = *this;
    reader.at_ = raw.bytes.data();
    reader.end_ = raw.bytes.data() + raw.bytes.size();
    return reader;
  }

  /// The checks that come before the first token: size, emptiness, byte order mark.
  bool begin(std::size_t max_bytes);
  /// No byte order mark stands here.
  bool no_mark();
  /// Only white space may follow.
  bool finish();

  CROWBAR_INLINE void skip_space() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  CROWBAR_INLINE char peek() const { return at_ < end_ ? *at_ : '\0'; }
  CROWBAR_INLINE bool at_end() const { return at_ >= end_; }
  /// After white space, is `c` next? Then it is passed.
  [[gnu::noinline]] bool next_is(char c) {
    skip_space();
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
  }

  [[gnu::noinline]] bool string(std::string_view& out);
  [[gnu::noinline]] bool integer(std::int64_t& out);
  [[gnu::noinline]] bool boolean(bool& out);
  [[gnu::noinline]] bool raw(Raw& out);
  /// Passes over one value of any kind, as strictly as if it were read.
  bool skip_value();

  /// One level down, with the bracket `open` to pass; and up again.
  [[gnu::noinline]] bool enter(char open, Text wanted);
  CROWBAR_INLINE void leave() { --depth_; }
  /// After a member or an item: true and passed where a comma follows, false where `close` does (passed) or at a fault.
  [[gnu::noinline]] bool more(char close);

  // Called, not inlined: there are hundreds of ways to be wrong, and none that must be quick.
  [[gnu::noinline]] bool fail(FaultCode code);
  [[gnu::noinline]] bool fail_at(FaultCode code, const char* where);
  /// What is here is no `wanted`: a fault of shape if it is JSON at all, else of text.
  [[gnu::noinline]] bool fail_type(Text wanted);
  /// Puts `/key` before the fault's pointer, on the way out of an object; `index` on the way out of an array.
  [[gnu::noinline]] bool within(Text key);
  [[gnu::noinline]] bool within(std::uint32_t index);

  CROWBAR_INLINE bool failed() const { return static_cast<bool>(*fault_); }
  Fault& fault() { return *fault_; }
  Arena& arena() const { return *arena_; }
  Door door() const { return door_; }
  /// Offsets count from here: a new line of NDJSON begins.
  void begin_line() {
    origin_ = at_;
    arena_->clear();
  }

  // For speculation: matching bytes, and going back where they do not match.
  CROWBAR_INLINE const char* position() const { return at_; }
  std::int64_t offset() const { return at_ - origin_; }
  CROWBAR_INLINE const char* end() const { return end_; }
  CROWBAR_INLINE void go_to(const char* position) { at_ = position; }
  /// Reads no further than `end`, until it is set again.
  void end_at(const char* end) { end_ = end; }
  struct Mark {
    const char* at;
    std::uint32_t depth;
  };
  Mark mark() const { return {at_, depth_}; }
  void reset(Mark mark) {
    at_ = mark.at;
    depth_ = mark.depth;
    if (*fault_) *fault_ = {};
  }
  CROWBAR_INLINE bool descend() { return depth_++ < max_depth; }
  CROWBAR_INLINE bool match(Text literal) {
    if (static_cast<std::size_t>(end_ - at_) < literal.size() || !same(at_, literal.data(), literal.size())) {
      return false;
    }
    at_ += literal.size();
    return true;
  }
  CROWBAR_INLINE bool match(char c) {
    if (at_ >= end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  /// The rest of a string after its opening quote.
  bool string_rest(std::string_view& out);

 private:
  bool string_slow(const char* stop, std::string_view& out);
  bool code_point(const char*& at);
  bool escape(const char*& at, char*& to);
  bool hex4(const char* at, std::uint32_t& unit);
  [[gnu::noinline]] bool skip_object();
  [[gnu::noinline]] bool skip_array();
  [[gnu::noinline]] bool literal(Text word);

  const char* origin_;
  const char* at_;
  const char* end_;
  Arena* arena_;
  Fault* fault_;
  std::uint32_t depth_ = 0;
  Door door_;
};

/// Is `input` one JSON value as the strict reader takes it? The fault says why not.
Fault check_json(Text input, std::size_t max_bytes = max_document_bytes);

}  // namespace crowbar
