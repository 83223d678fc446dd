#include "generate/record_schema.hpp"

namespace crowbar::generate {

using Json = nlohmann::ordered_json;

namespace {

Json type(const Type& of, Keys keys) {
  switch (of.kind) {
    case Kind::boolean: return {{"type", "boolean"}};
    case Kind::integer: return integer(-max_integer);
    case Kind::instant: return reference("instant");
    case Kind::text: return {{"type", "string"}};
    case Kind::id: return reference("id");
    case Kind::uuid: return reference("uuid");
    case Kind::stream: return reference("stream");
    case Kind::json: return Json::object();
    case Kind::list: return list_of(type(of.of.front(), keys));
    case Kind::dictionary: return dictionary_of(type(of.of.front(), keys));
    case Kind::record: return object(of.members, keys);
  }
  return false;
}

Json property(const Field& field, Keys keys) {
  Json json = type(field.type, keys);
  if (field.min && field.type.kind == Kind::text) {
    json["minLength"] = *field.min;
    json["maxLength"] = *field.max;
  } else if (field.min) {
    json["minimum"] = *field.min;
    json["maximum"] = *field.max;
  }
  json["description"] = field.meaning;
  return json;
}

}  // namespace

Json reference(const std::string& part) { return {{"$ref", "#/$defs/" + part}}; }
Json pattern(const std::string& form) { return {{"type", "string"}, {"pattern", "^" + form + "$"}}; }
Json integer(std::int64_t min, std::int64_t max) { return {{"type", "integer"}, {"minimum", min}, {"maximum", max}}; }
Json list_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json dictionary_of(Json value) { return {{"type", "object"}, {"additionalProperties", std::move(value)}}; }

Json object(const std::vector<Field>& fields, Keys keys) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : fields) {
    properties[std::string(field.name)] = property(field, keys);
    if (field.required) required.push_back(field.name);
  }
  Json json{{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
  if (keys == Keys::known) json["additionalProperties"] = false;
  return json;
}

Json values() {
  return {{"id", pattern(id_form)},
          {"uuid", pattern(uuid_form)},
          {"stream", pattern("[a-z][a-z0-9_]*-" + id_form)},
          {"domain", pattern("[0-9a-f]{64}")},
          {"instant", integer(0)}};
}

}  // namespace crowbar::generate
