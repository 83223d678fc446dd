#include "kernel/command_reader.hpp"

#include "kernel/speculation.hpp"

namespace crowbar {

Fault foreign(Text stream) {
  Fault fault;
  fault.code = FaultCode::foreign_stream;
  fault.pointer = "/stream";
  fault.name = stream;
  return fault;
}

Fault gap(Text stream, std::int64_t expected, std::int64_t actual) {
  Fault fault;
  fault.code = FaultCode::version_gap;
  fault.pointer = "/version";
  fault.name = stream;
  fault.expected = expected;
  fault.actual = actual;
  return fault;
}

bool ContextReader::read_new(Text bytes) {
  bytes_ = bytes;
  arena_.clear();
  fault_ = {};
  envelope_ = {};
  Reader reader(bytes_, Door::command, arena_, fault_);
  read_ = reader.begin(max_command_bytes) && read_value(reader, envelope_) && reader.finish();
  is_of_bytes_ = read_;
  if (!read_) return reader.within("context");
  if (!envelope_.actor.roles) envelope_.actor.roles.emplace();
  write_stamp();
  return true;
}

bool ContextReader::read_again(std::int64_t at) {
  if (!read_ || at < 0) return false;
  if (at == envelope_.at.ms) return true;
  envelope_.at.ms = at;
  is_of_bytes_ = false;
  write_stamp();
  return true;
}

bool ContextReader::facts(void* record, const std::span<const Member>& members, Arena& arena) {
  if (!envelope_.facts) return true;
  fault_ = {};
  Reader whole(bytes_, Door::log, arena, fault_);
  Reader reader = whole.inside(*envelope_.facts);
  if (read_members(reader, record, members)) return true;
  reader.within("facts");
  return reader.within("context");
}

void ContextReader::write_stamp() {
  stamp_.clear();
  stamp_.append("\"at\":");
  write_value(stamp_, envelope_.at);
  stamp_.append(",\"actor\":");
  write_value(stamp_, envelope_.actor);
}

bool CommandReader::head(Text stream) {
  if (fields_ != nullptr) return fields_->head(stream, envelope_);
  stream_ = &stream;
  if (!reader_.begin(max_command_bytes)) return false;
  begin_ = reader_.mark();
  guess_ = reader_.descend() && detail::speculate_head(reader_, envelope_) && same(envelope_.stream.value, stream);
  return guess_ || general();
}

// The general reader, from the command's beginning: checks all of it and keeps the data's bytes.
bool CommandReader::general() {
  guess_ = false;
  reader_.reset(begin_);
  envelope_ = {};
  if (!read_value(reader_, envelope_) || !reader_.finish()) return false;
  if (envelope_.stream.value == *stream_) return true;
  reader_.fault() = foreign(envelope_.stream.value);
  if (!is_stream(envelope_.stream.value)) reader_.fault().code = FaultCode::stream_invalid;
  return false;
}

bool CommandReader::end() {
  reader_.leave();
  return reader_.match('}') && reader_.finish();
}

bool CommandReader::data(const std::span<const Shape>& shapes, void* command) {
  if (fields_ != nullptr) {
    return fields_->data(shapes, command, reader_.arena()) || reader_.fail(FaultCode::wrong_type);
  }
  for (const Shape& shape : shapes) {
    if (!same(envelope_.type, shape.name)) continue;
    if (guess_) {
      if (speculate_record(reader_, shape.emplace(command, reader_.arena()), shape.members) && end()) return true;
      if (!general()) return false;
    }
    Reader inside = reader_.inside(envelope_.data);
    return read_members(inside, shape.emplace(command, reader_.arena()), shape.members) || reader_.within("data");
  }
  if (guess_ && !general()) return false;
  reader_.fault().code = FaultCode::unknown_type;
  reader_.fault().name = envelope_.type;
  reader_.fault().pointer = "/type";
  return false;
}

}  // namespace crowbar
