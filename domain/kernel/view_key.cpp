#include "kernel/view_key.hpp"

#include <algorithm>

#include "kernel/writer.hpp"

namespace crowbar {

std::string text_of(const ViewKey& key, Text aggregate) {
  Bytes text;
  text.append(key.projection);
  if (!key.id.empty()) {
    text.push('/');
    if (is_stream_of(key.id, aggregate)) {
      text.append(aggregate);
      text.push('-');
    }
    text.append(key.id);
  }
  if (key.page != 0) {
    text.push('/');
    write_integer(text, key.page);
  }
  return std::string(text.view());
}

bool parse(Text whole, Text name, Keyed keyed, Text aggregate, ViewKey& key) {
  std::string_view text = whole;
  if (!text.starts_with(name)) return false;
  text.remove_prefix(name.size());
  key = {name, {}, 0};
  if (keyed == Keyed::once) return text.empty();
  if (!text.starts_with('/')) return false;
  text.remove_prefix(1);
  const std::size_t slash = std::min(text.find('/'), text.size());
  key.id = text.substr(0, slash);
  text.remove_prefix(slash);
  if (is_stream_of(key.id, aggregate)) key.id.remove_prefix(aggregate.size() + 1);
  if (!is_id(key.id)) return false;
  if (keyed == Keyed::by_stream) return text.empty();
  if (text.size() < 2 || text.size() > 10 || text[1] == '0') return false;  // a slash and 1..9 digits
  for (const char c : text.substr(1)) {
    if (c < '0' || c > '9') return false;
    key.page = key.page * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return true;
}

}  // namespace crowbar
