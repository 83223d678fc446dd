// From the bytes of a command and its context to what a rule is asked with.
#pragma once

#include <string>
#include <string_view>

#include "kernel/event_reader.hpp"
#include "kernel/fields.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

Fault foreign(Text stream);
Fault gap(Text stream, std::int64_t expected, std::int64_t actual);

/// A context, read once and kept: one context often serves many commands.
class ContextReader {
 public:
  /// Nothing has been read: the same fault as that of an empty context.
  ContextReader() { read_new({}); }

  /// Reads `bytes`, unless they are those of the last time. False, with `fault()`, where they are no context.
  bool read(Text bytes) { return (is_of_bytes_ && same(bytes, bytes_)) || read_new(bytes); }
  /// The same circumstances as the last time, at this moment. False where there was none, or a malformed one.
  bool read_again(std::int64_t at);

  /// The facts as a record of these members; those that it does not know are for other rules.
  bool facts(void* record, const std::span<const Member>& members, Arena& arena);

  bool is_known() const { return read_; }
  const ContextEnvelope& envelope() const { return envelope_; }
  /// `"at":…,"actor":{…}` as it stands in each event.
  std::string_view stamp() const { return stamp_.view(); }
  const Fault& fault() const { return fault_; }

 private:
  bool read_new(Text bytes);
  void write_stamp();

  std::string bytes_;
  Arena arena_;
  ContextEnvelope envelope_;
  Bytes stamp_;
  Fault fault_;
  bool read_ = false;
  bool is_of_bytes_ = false;  // `bytes_` say the same moment
};

/// Reads a command for `stream`: first `head`, then `data`.
class CommandReader {
 public:
  /// Where `fields` are given they are the command, and the reader reads nothing.
  explicit CommandReader(Reader& reader, FieldReader* fields = nullptr) : reader_(reader), fields_(fields) {}

  /// Reads what stands around the command's data. False, with a fault, where that is malformed or of another stream.
  bool head(Text stream);
  const CommandEnvelope& envelope() const { return envelope_; }
  const Fault& fault() const { return reader_.fault(); }
  /// Of fields: could all of them be read?
  bool in_order() const { return fields_ == nullptr || fields_->in_order(); }

  /// Reads the data into `command`, a variant whose shapes are `shapes`. False, with a fault, where it is malformed or
  /// its type is not known.
  bool data(const std::span<const Shape>& shapes, void* command);

 private:
  bool end();
  bool general();

  Reader& reader_;
  FieldReader* fields_;
  const std::string_view* stream_ = nullptr;
  CommandEnvelope envelope_;
  Reader::Mark begin_{};
  bool guess_ = false;  // the head was in canonical layout, and the reader stands where the data begins
};

}  // namespace crowbar
