// A view's key: `<projection>`, `<projection>/<id>` or `<projection>/<id>/<page>`.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "kernel/value.hpp"

namespace crowbar {

/// How many views a projection has: one, one a stream, or one a page of a stream's entities.
enum class Keyed : std::uint8_t { once, by_stream, by_page };

struct ViewKey {
  std::string_view projection;
  std::string_view id;     ///< of the stream, without its aggregate
  std::uint32_t page = 0;  ///< from 1; 0 where there are no pages
};

inline std::string text_of(const ViewKey& key) {
  std::string text(key.projection);
  if (!key.id.empty()) (text += '/') += key.id;
  if (key.page != 0) (text += '/') += std::to_string(key.page);
  return text;
}

/// Reads the key of a view of the projection `name`. The stream's name may stand in place of its id
/// (`messages/channel-general/1` is `messages/general/1`): whoever has an event has the one and not the other.
/// False where it is the key of something else.
inline bool parse(std::string_view text, std::string_view name, Keyed keyed, std::string_view aggregate, ViewKey& key) {
  if (!text.starts_with(name)) return false;
  text.remove_prefix(name.size());
  key = {name, {}, 0};
  if (keyed == Keyed::once) return text.empty();
  if (!text.starts_with('/')) return false;
  text.remove_prefix(1);
  const std::size_t slash = std::min(text.find('/'), text.size());
  key.id = text.substr(0, slash);
  text.remove_prefix(slash);
  if (key.id.size() > aggregate.size() + 1 && key.id.starts_with(aggregate) && key.id[aggregate.size()] == '-') {
    key.id.remove_prefix(aggregate.size() + 1);
  }
  if (!is_id(key.id)) return false;
  if (keyed == Keyed::by_stream) return text.empty();
  if (text.size() < 2 || text[1] == '0') return false;
  const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), key.page);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && key.page <= 1'000'000'000;
}

}  // namespace crowbar
