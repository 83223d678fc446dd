// A view's key: `<projection>`, `<projection>/<id>` or `<projection>/<id>/<page>`.
#pragma once

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

/// An id that begins as a stream's name does is written as that name, so that reading it gives the same id back.
std::string text_of(const ViewKey& key, Text aggregate);

/// Reads the key of a view of the projection `name`. The stream's name may stand in place of its id
/// (`messages/channel-general/1` is `messages/general/1`): whoever has an event has the one and not the other.
/// False where it is the key of something else.
bool parse(Text text, Text name, Keyed keyed, Text aggregate, ViewKey& key);

}  // namespace crowbar
