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

void Bytes::append(std::string_view text) {
  char* to = room(text.size());
  copy(to, text.data(), text.size());
  size_ += text.size();
}

void write_members(Bytes& out, const void* record, std::span<const WriteSlot> slots) {
  char before = '{';
  for (const WriteSlot& slot : slots) {
    if (slot.present != nullptr && !slot.present(record)) continue;
    char* const to = out.room(1 + slot.key.size());
    *to = before;
    copy(to + 1, slot.key.data(), slot.key.size());
    out.advance(1 + slot.key.size());
    slot.write(out, record);
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

void write_text(Bytes& out, std::string_view text) {
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

char* write_digits(char* to, std::int64_t number) {
  std::array<char, 20> digits{};
  std::size_t at = digits.size();
  if (number < 0) *to++ = '-';
  std::uint64_t rest = number < 0 ? static_cast<std::uint64_t>(-number) : static_cast<std::uint64_t>(number);
  do {
    digits[--at] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  copy(to, digits.data() + at, digits.size() - at);
  return to + (digits.size() - at);
}

void write_integer(Bytes& out, std::int64_t number) {
  char* const start = out.room(20);
  out.advance(static_cast<std::size_t>(write_digits(start, number) - start));
}

}  // namespace crowbar
