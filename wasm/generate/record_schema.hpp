// JSON Schema of one record and its members.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "generate/model.hpp"

namespace crowbar::generate {

/// At the door of commands an unknown key is refused; in what is stored a newer writer's is passed over.
enum class Keys : bool { known, any };

/// The forms of an id and a UUID, as kernel/value.hpp has them in is_id and is_uuid.
inline const std::string id_form = "[A-Za-z0-9_][A-Za-z0-9._:@~-]{0,127}";
inline const std::string uuid_form = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

nlohmann::ordered_json reference(const std::string& part);
nlohmann::ordered_json pattern(const std::string& form);
nlohmann::ordered_json integer(std::int64_t min, std::int64_t max = max_integer);
nlohmann::ordered_json list_of(nlohmann::ordered_json item);
nlohmann::ordered_json dictionary_of(nlohmann::ordered_json value);

/// An object with these members.
nlohmann::ordered_json object(const std::vector<Field>& fields, Keys keys);

/// What `object` refers to: `id`, `uuid`, `stream`, `instant`, and `domain`.
nlohmann::ordered_json values();

}  // namespace crowbar::generate
