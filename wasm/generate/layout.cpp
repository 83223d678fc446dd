#include "generate/layout.hpp"

namespace crowbar::generate {
namespace {

constexpr std::size_t widest = 120;

// On one line: `{ "name": "text", "min": 1 }`.
std::string in_line(const nlohmann::ordered_json& json) {
  if (!json.is_structured()) return json.dump();
  std::string text;
  for (const auto& [key, value] : json.items()) {
    if (!text.empty()) text += ", ";
    if (json.is_object()) text += nlohmann::json(key).dump() + ": ";
    text += in_line(value);
  }
  if (json.is_array()) return "[" + text + "]";
  return text.empty() ? "{}" : "{ " + text + " }";
}

}  // namespace

// `before` is how much stands on the line already, a comma after the value included.
std::string laid_out(const nlohmann::ordered_json& json, std::size_t indent, std::size_t before) {
  std::string text = in_line(json);
  if (!json.is_structured() || json.empty() || before + text.size() <= widest) return text;
  const std::string margin(indent + 2, ' ');
  text = json.is_object() ? "{" : "[";
  bool first = true;
  for (const auto& [key, value] : json.items()) {
    const std::string name = json.is_object() ? nlohmann::json(key).dump() + ": " : "";
    text += first ? "\n" : ",\n";
    text += margin + name + laid_out(value, indent + 2, margin.size() + name.size() + 1);
    first = false;
  }
  return text + "\n" + std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace crowbar::generate
