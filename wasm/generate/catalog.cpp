#include "generate/catalog.hpp"

#include <array>

#include "generate/layout.hpp"

namespace crowbar::generate {
namespace {

using Json = nlohmann::ordered_json;

// The members of a record type, or of the records that a list or a dictionary is of.
const std::vector<Field>& members_of(const Type& type) {
  return type.of.empty() ? type.members : members_of(type.of.front());
}

Json list(const std::vector<Field>& fields) {
  Json json = Json::array();
  for (const Field& field : fields) {
    Json each{{"name", field.name}, {"type", words_of(field.type)}, {"required", field.required}};
    if (field.min) each["min"] = *field.min;
    if (field.max) each["max"] = *field.max;
    if (const auto& members = members_of(field.type); !members.empty()) each["members"] = list(members);
    each["meaning"] = field.meaning;
    json.push_back(std::move(each));
  }
  return json;
}

Json list(const std::vector<Refusal>& refusals) {
  Json json = Json::array();
  for (const Refusal& refusal : refusals) {
    json.push_back({{"code", refusal.code}, {"outcome", refusal.outcome}, {"sentence", refusal.sentence}});
  }
  return json;
}

Json commands(const Aggregate& aggregate) {
  Json json = Json::array();
  for (const Record& command : aggregate.commands) {
    json.push_back({{"type", command.name}, {"meaning", command.meaning}, {"data", list(command.fields)}});
  }
  return json;
}

Json events(const Aggregate& aggregate) {
  Json json = Json::array();
  for (const Record& event : aggregate.events) {
    Json each{{"type", event.name}, {"schema", event.schema}, {"meaning", event.meaning}, {"data", list(event.fields)}};
    for (const Record& old : aggregate.earlier) {
      if (old.name == event.name) each["earlier"].push_back({{"schema", old.schema}, {"data", list(old.fields)}});
    }
    json.push_back(std::move(each));
  }
  return json;
}

Json view(const View& view) {
  constexpr std::array shapes{"list", "dictionary", "object"};
  constexpr std::array readers{"stream", "everybody"};
  Json json{{"name", view.name},
            {"key", key_of(view)},
            {"meaning", view.meaning},
            {"shape", shapes[static_cast<std::size_t>(view.arranged)]},
            {"readers", readers[static_cast<std::size_t>(view.readers)]}};
  if (view.page_size != 0) json["pageSize"] = view.page_size;
  json["aggregate"] = view.aggregate;
  json["hears"] = view.hears;
  json["row"] = list(view.row.fields);
  return json;
}

}  // namespace

std::string words_of(const Type& type) {
  constexpr std::array words{"boolean", "integer", "instant", "text",       "id",    "uuid",
                             "stream",  "json",    "list",    "dictionary", "record"};
  std::string text = words[static_cast<std::size_t>(type.kind)];
  for (const Type& item : type.of) text += " of " + words_of(item);
  return text;
}

std::string key_of(const View& view) {
  std::string key(view.name);
  if (view.keyed != Keyed::once) key += "/<" + std::string(view.aggregate) + "Id>";
  if (view.keyed == Keyed::by_page) key += "/<page>";
  return key;
}

std::string catalog(const Context& context, const std::vector<Refusal>& faults) {
  Json json{{"context", context.name}, {"aggregates", Json::array()}, {"views", Json::array()}};
  for (const Aggregate& aggregate : context.aggregates) {
    json["aggregates"].push_back({{"name", aggregate.name},
                                  {"meaning", aggregate.meaning},
                                  {"commands", commands(aggregate)},
                                  {"events", events(aggregate)},
                                  {"rejections", list(aggregate.rejections)},
                                  {"facts", list(aggregate.facts.fields)}});
  }
  for (const View& each : context.views) json["views"].push_back(view(each));
  json["faults"] = list(faults);
  return "// Written by `npm run generate` from the describe() of domain/" + std::string(context.name) +
         ". Do not edit.\nimport type { Catalog } from \"../src/catalog.ts\";\n\n" +
         "export const catalog: Catalog = " + laid_out(json) + ";\n";
}

}  // namespace crowbar::generate
