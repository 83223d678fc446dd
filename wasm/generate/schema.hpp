// The JSON Schema (2020-12) of what crosses the wire: command, context, verdict, event, and each view.
#pragma once

#include <string>

#include "generate/model.hpp"

namespace crowbar::generate {

/// The text of `<context>.schema.json`. Its `$defs` are `command`, `context`, `verdict`, `event`, `view` and
/// the parts of these. It says what a schema can say: rules, duplicate keys and how numbers are written are the core's.
/// A command's texts are bounded as they are after trimming: the core takes white space around them and drops it.
std::string schema(const Context& context, const std::vector<Refusal>& faults);

}  // namespace crowbar::generate
