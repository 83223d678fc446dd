#include "kernel/writer.hpp"

#include <array>

namespace crowbar {

void Bytes::grow(std::size_t more) {
  std::size_t capacity = capacity_ == 0 ? 256 : capacity_ * 2;
  if (capacity - size_ < more) capacity = size_ + more;
  char* grown = static_cast<char*>(std::realloc(data_, capacity));
  if (grown == nullptr) std::abort();  // the host replaces an instance that has run out of memory
  data_ = grown;
  capacity_ = capacity;
}

void Bytes::append(Text text) {
  char* to = room(text.size());
  copy(to, text.data(), text.size());
  size_ += text.size();
}

void write_type(Bytes& out, const Type& type, const void* from) {
  switch (type.kind) {
    case Kind::text:
    case Kind::id:
    case Kind::uuid: return write_text(out, *static_cast<const std::string_view*>(from));
    case Kind::integer: return write_integer(out, *static_cast<const std::int64_t*>(from));
    case Kind::boolean: return out.append(*static_cast<const bool*>(from) ? "true" : "false");
    case Kind::raw: return out.append(*static_cast<const std::string_view*>(from));
    case Kind::other: return type.write(out, from);
  }
}

void write_members(Bytes& out, const void* record, const std::span<const Member>& members) {
  char before = '{';
  for (const Member& member : members) {
    const void* from = static_cast<const char*>(record) + member.offset;
    if (member.type->held != nullptr && (from = member.type->held(from)) == nullptr) continue;
    char* const to = out.room(1 + member.key.size());
    *to = before;
    copy(to + 1, member.key.data(), member.key.size());
    out.advance(1 + member.key.size());
    write_type(out, *member.type, from);
    before = ',';
  }
  if (before == '{') out.push('{');
  out.push('}');
}

namespace {

/// The first byte in [at, end) that must be escaped, or `end`.
const char* to_escaped(const char* at, const char* end) {
  const char* stop = scan::to_special(at, end);
  while (stop < end && static_cast<unsigned char>(*stop) >= 0x80) stop = scan::to_special(stop + 1, end);
  return stop;
}

}  // namespace

void write_text(Bytes& out, Text text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  if (to_escaped(at, end) == end) {
    char* const to = out.room(text.size() + 2);
    *to = '"';
    copy(to + 1, at, text.size());
    to[text.size() + 1] = '"';
    out.advance(text.size() + 2);
    return;
  }
  out.push('"');
  for (;;) {
    const char* stop = to_escaped(at, end);
    out.append({at, static_cast<std::size_t>(stop - at)});
    if (stop == end) break;
    constexpr std::string_view letters = "btnvfr";  // from U+0008 on; JSON has no \v
    const char c = *stop;
    out.push('\\');
    if (c == '"' || c == '\\') {
      out.push(c);
    } else if (c >= 0x08 && c <= 0x0D && c != 0x0B) {
      out.push(letters[static_cast<std::size_t>(c - 0x08)]);
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      out.append("u00");
      out.push(digits[static_cast<std::size_t>(c >> 4)]);
      out.push(digits[static_cast<std::size_t>(c & 15)]);
    }
    at = stop + 1;
  }
  out.push('"');
}

// Written where they go, from the last one on: to gather them elsewhere and copy words of them makes the processor wait
// for its own bytes. Nine at a time, because an engine divides 32 bits by a constant with a multiplication, and 64 bits
// with a division.
char* write_digits(char* to, std::int64_t number) {
  constexpr std::uint32_t billion = 1'000'000'000;
  if (number < 0) *to++ = '-';
  std::uint64_t rest = number < 0 ? static_cast<std::uint64_t>(-number) : static_cast<std::uint64_t>(number);
  std::ptrdiff_t size = 1;
  for (std::uint64_t beyond = 10; size < 19 && rest >= beyond; beyond *= 10) ++size;
  char* const end = to + size;
  const auto put = [](char* at, const char* begin, std::uint32_t part) {
    for (; at > begin; part /= 10) *--at = static_cast<char>('0' + part % 10);
  };
  char* at = end;
  for (; at - to > 9; at -= 9) {
    put(at, at - 9, static_cast<std::uint32_t>(rest % billion));
    rest /= billion;
  }
  put(at, to, static_cast<std::uint32_t>(rest));
  return end;
}

void write_integer(Bytes& out, std::int64_t number) {
  char* const start = out.room(20);
  out.advance(static_cast<std::size_t>(write_digits(start, number) - start));
}

}  // namespace crowbar
