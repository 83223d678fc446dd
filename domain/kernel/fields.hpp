// A command as its fields, from a host that has it as an object: no JSON on the way in, and none on the way out. Where
// a field is not as a rule may see it nothing is decided and nothing worded: the host asks again with JSON.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "kernel/envelope.hpp"
#include "kernel/shapes.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// Stands for the number of what is absent.
inline constexpr std::int64_t no_field = std::numeric_limits<std::int64_t>::min();

/// What the host hands over.
struct CommandFields {
  std::uint32_t command;                  ///< which one, counted from 0 in the order of the description
  std::span<const std::int64_t> numbers;  ///< `at`, then of `expectedVersion`, `id`, `stream` and each member of the
                                          ///< data the number, or the size of the text in bytes, or `no_field`
  std::string_view text;                  ///< the texts, in that order, one right after the other
};

/// Reads the fields of one command, once: first `head`, then `data`. Both answer false where the command is not in
/// order, in any way: unknown, malformed, or of another stream.
class FieldReader {
 public:
  explicit FieldReader(const CommandFields& fields) : fields_(fields) {}

  bool head(Text stream, CommandEnvelope& envelope);
  bool data(const std::span<const Shape>& shapes, void* command, Arena& arena);
  /// Were all of them in order?
  bool in_order() const { return in_order_; }
  /// The moment of the decision, or -1 where the host gave none that is one.
  std::int64_t at() const;

  /// Which of the texts `text` is, the very same bytes: 0 for the id, 1 for the stream, then the data's; or -1.
  std::int32_t number_of(Text text) const;

 private:
  bool take_data(const std::span<const Shape>& shapes, void* command, Arena& arena);
  bool take(const Type& type, void* to);
  bool take_text(std::string_view& out);

  static constexpr std::size_t most = 32;
  CommandFields fields_;
  std::size_t next_ = 1;  // the number that is taken next; `at` is the first
  std::size_t used_ = 0;  // bytes of the texts that are taken
  bool in_order_ = false;
  std::size_t places_ = 0;  // texts_ that have been given out, with a place for each number
  struct Place {
    const char* at;
    std::size_t size;
  };
  Place texts_[most];  // the first `places_` of them
};

/// Writes a verdict as its fields. In `out`, in words of 32 bits and whole numbers of 64:
///     0  1 for accepted, 0 for refused, 2 for "ask again with JSON"     4  how many events
///     8  the version after them, 64 bits                               16  where the texts begin, from the start
///    20  where the claims begin among the texts                        24  their size, 0 where there are none
///    32  of each event: its type's number in the description, a word of nothing, then eight bytes for each member
///
/// Those eight bytes are an integer (1 for true, 0 for false, or `no_field`), or two words: the number of a text of the
/// command and `echo`, nothing and `absent`, or the place among the texts and the size (JSON if the member is no text).
/// A refused verdict follows its head as JSON.
class FieldWriter {
 public:
  static constexpr std::size_t head_size = 32;
  static constexpr std::uint32_t echo = 0xffff'ffff;
  static constexpr std::uint32_t absent = 0xffff'fffe;
  enum class Outcome : std::uint32_t { refused, accepted, not_in_order };

  FieldWriter(Bytes& out, const FieldReader& command);
  void outcome(Outcome outcome) { put_at(0, static_cast<std::uint32_t>(outcome)); }
  void begin(std::uint32_t events, std::int64_t version);
  void event(std::uint32_t type, const std::span<const Member>& members, const void* event);
  /// What is written to the texts from here on are the claims: objects, with commas between them.
  void begin_claims() { claims_at_ = texts_.size(); }
  Bytes& texts() { return texts_; }
  void end();

 private:
  template <class T>
  void put_at(std::size_t at, T value) {
    std::memcpy(out_.data() + at, &value, sizeof value);
  }
  template <class T>
  void put(T value) {
    std::memcpy(out_.room(sizeof value), &value, sizeof value);
    out_.advance(sizeof value);
  }
  void put_text(const Type& type, const void* from);

  static constexpr std::size_t none = ~std::size_t{0};

  Bytes& out_;
  const FieldReader& command_;
  Bytes texts_;
  std::size_t claims_at_ = none;
};

}  // namespace crowbar
