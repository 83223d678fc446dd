// TypeScript that hands commands over as their fields and makes the data of events from theirs.
#pragma once

#include <string>

#include "generate/model.hpp"

namespace crowbar::generate {

/// `wasm/generated/<context>.objects.ts`. Written out member by member, because an engine knows the shape of an object
/// that is made or taken apart by its names, and a policy without eval lets nobody write such code later.
std::string objects(const Context& context);

}  // namespace crowbar::generate
