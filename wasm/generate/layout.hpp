// How generated JSON is laid out: a value stands on one line where it fits, so that a field is a line in a difference.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace crowbar::generate {

/// The text of `json`, indented by two, no line longer than 120 columns where that can be.
std::string laid_out(const nlohmann::ordered_json& json, std::size_t indent = 0, std::size_t before = 0);

}  // namespace crowbar::generate
