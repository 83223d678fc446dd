#include "kernel/fields.hpp"

#include "kernel/unicode/encoding.hpp"

namespace crowbar {
namespace {

// Could the strict reader have read this text? What it words as escapes may stand here as it is.
bool is_text(Text text) {
  const char* const end = text.data() + text.size();
  for (const char* at = scan::beyond_ascii(text.data(), end); at < end; at = scan::beyond_ascii(at, end)) {
    const unicode::Decoded decoded = unicode::decode(at, end);
    if (decoded.size == 0 || unicode::is_noncharacter(decoded.code_point)) return false;
    at += decoded.size;
  }
  return true;
}

}  // namespace

std::int64_t FieldReader::at() const {
  const bool given = !fields_.numbers.empty() && fields_.numbers[0] >= 0 && fields_.numbers[0] <= max_integer;
  return given ? fields_.numbers[0] : -1;
}

bool FieldReader::head(Text stream, CommandEnvelope& envelope) {
  if (fields_.numbers.size() < 4 || fields_.numbers.size() > most || fields_.text.size() > max_command_bytes)
    return false;
  const std::int64_t expected = fields_.numbers[next_++];
  if (expected != no_field) {
    if (expected < 0 || expected > max_integer) return false;
    envelope.expected_version = expected;
  }
  return take(type_of<Uuid>, &envelope.id) && take(type_of<StreamName>, &envelope.stream) &&
         same(envelope.stream.value, stream);
}

bool FieldReader::data(const std::span<const Shape>& shapes, void* command, Arena& arena) {
  in_order_ = take_data(shapes, command, arena);
  return in_order_;
}

bool FieldReader::take_data(const std::span<const Shape>& shapes, void* command, Arena& arena) {
  if (fields_.command >= shapes.size()) return false;
  const Shape& shape = shapes[fields_.command];
  if (fields_.numbers.size() != next_ + shape.members.size()) return false;
  void* const record = shape.emplace(command, arena);
  for (const Member& member : shape.members) {
    void* to = static_cast<char*>(record) + member.offset;
    if (fields_.numbers[next_] == no_field) {
      if (member.required()) return false;
      texts_[places_++] = {nullptr, 0};
      ++next_;
      continue;
    }
    if (!member.required()) to = member.type->emplace(to);
    if (!take(*member.type, to)) return false;
  }
  return used_ == fields_.text.size();
}

bool FieldReader::take(const Type& type, void* to) {
  if (type.kind <= Kind::uuid) {
    auto& text = *static_cast<std::string_view*>(to);
    if (!take_text(text)) return false;
    if (type.kind == Kind::text) return is_text(text);
    return type.kind == Kind::id ? scan::is_id(text) : scan::is_uuid(text);
  }
  const std::int64_t number = fields_.numbers[next_++];
  texts_[places_++] = {nullptr, 0};
  if (type.kind == Kind::boolean) {
    *static_cast<bool*>(to) = number == 1;
    return number == 0 || number == 1;
  }
  if (type.kind != Kind::integer || number < type.min || number > type.max) return false;
  *static_cast<std::int64_t*>(to) = number;
  return true;
}

bool FieldReader::take_text(std::string_view& out) {
  const std::int64_t size = fields_.numbers[next_++];
  if (size < 0 || size > static_cast<std::int64_t>(fields_.text.size() - used_)) return false;
  out = {fields_.text.data() + used_, static_cast<std::size_t>(size)};
  texts_[places_++] = {out.data(), out.size()};
  used_ += out.size();
  return true;
}

std::int32_t FieldReader::number_of(Text text) const {
  for (std::size_t i = 0; i < places_ && text.data() != nullptr; ++i) {
    if (texts_[i].at == text.data() && texts_[i].size == text.size()) return static_cast<std::int32_t>(i);
  }
  return -1;
}

FieldWriter::FieldWriter(Bytes& out, const FieldReader& command) : out_(out), command_(command) {
  std::memset(out_.room(head_size), 0, head_size);
  out_.advance(head_size);
}

void FieldWriter::begin(std::uint32_t events, std::int64_t version) {
  outcome(Outcome::accepted);
  put_at(4, events);
  put_at(8, version);
}

void FieldWriter::event(std::uint32_t type, const std::span<const Member>& members, const void* event) {
  put(type);
  put(std::uint32_t{0});
  for (const Member& member : members) {
    const void* from = static_cast<const char*>(event) + member.offset;
    if (member.type->held != nullptr) from = member.type->held(from);
    const Kind kind = member.type->kind;
    if (kind == Kind::integer) {
      put(from == nullptr ? no_field : *static_cast<const std::int64_t*>(from));
    } else if (kind == Kind::boolean) {
      put(from == nullptr ? no_field : std::int64_t{*static_cast<const bool*>(from)});
    } else if (from == nullptr) {
      put(std::uint32_t{0});
      put(absent);
    } else {
      put_text(*member.type, from);
    }
  }
}

void FieldWriter::put_text(const Type& type, const void* from) {
  const bool text = type.kind <= Kind::uuid;
  const std::int32_t number = text ? command_.number_of(*static_cast<const std::string_view*>(from)) : -1;
  if (number >= 0) {
    put(number);
    put(echo);
    return;
  }
  const std::size_t before = texts_.size();
  if (text) {
    texts_.append(*static_cast<const std::string_view*>(from));
  } else {
    write_type(texts_, type, from);
  }
  put(static_cast<std::uint32_t>(before));
  put(static_cast<std::uint32_t>(texts_.size() - before));
}

void FieldWriter::end() {
  put_at(16, static_cast<std::uint32_t>(out_.size()));
  if (claims_at_ != none) {
    put_at(20, static_cast<std::uint32_t>(claims_at_));
    put_at(24, static_cast<std::uint32_t>(texts_.size() - claims_at_));
  }
  out_.append(texts_.view());
}

}  // namespace crowbar
