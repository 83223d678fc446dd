// The types of a context in TypeScript. They are erased: nothing of them is there at run time.
#pragma once

#include <string>

#include "generate/model.hpp"

namespace crowbar::generate {

/// The text of `<context>.ts`.
std::string typescript(const Context& context);

/// The text of `faults.ts`: the codes of faults, which are the same in every context.
std::string typescript(const std::vector<Refusal>& faults);

}  // namespace crowbar::generate
