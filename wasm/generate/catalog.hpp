// The catalogue of a context as a value for programs and pages to walk: `describe()` in TypeScript.
#pragma once

#include <string>

#include "generate/model.hpp"

namespace crowbar::generate {

/// The text of `<context>.catalog.ts`; wasm/src/catalog.ts has its type.
std::string catalog(const Context& context, const std::vector<Refusal>& faults);

/// A type in words: "text", "list of id", "dictionary of list of id".
std::string words_of(const Type& type);

/// The form of a view's key: `allchannels`, `channel/<channelId>`, `messages/<channelId>/<page>`.
std::string key_of(const View& view);

}  // namespace crowbar::generate
