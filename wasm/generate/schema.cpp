#include "generate/schema.hpp"

#include <algorithm>

#include "generate/described.hpp"
#include "generate/layout.hpp"
#include "generate/record_schema.hpp"
#include "kernel/envelope.hpp"

namespace crowbar::generate {
namespace {

using Json = nlohmann::ordered_json;
using Text = std::string;

// Where there is no alternative nothing is valid: an empty `oneOf` is no schema.
Json one_of(Json alternatives) {
  if (alternatives.empty()) return false;
  return {{"oneOf", std::move(alternatives)}};
}

// The envelope `R` with some of its members narrowed, each keeping its description.
template <Described R>
Json envelope(Keys keys, const Json& narrowed) {
  Json json = object(fields_of<R>(), keys);
  for (const auto& [name, to] : narrowed.items()) {
    Json member = to;
    member["description"] = json["properties"][name]["description"];
    json["properties"][name] = std::move(member);
  }
  return json;
}

Json stream_of(const Aggregate& aggregate) { return pattern(Text(aggregate.name) + "-" + id_form); }

Text name_of(const Aggregate& aggregate, const Record& record) {
  return Text(aggregate.name) + "." + Text(record.name);
}

Json command(const Aggregate& aggregate, const Record& record) {
  Json json = envelope<CommandEnvelope>(Keys::known, {{"stream", stream_of(aggregate)},
                                                      {"type", {{"const", record.name}}},
                                                      {"data", object(record.fields, Keys::known)}});
  json["description"] = record.meaning;
  return json;
}

Json event(const Aggregate& aggregate, const Record& record) {
  Json json = envelope<EventEnvelope>(Keys::any, {{"id", pattern(uuid_form + "\\.(0|[1-9][0-9]*)")},
                                                  {"stream", stream_of(aggregate)},
                                                  {"type", {{"const", record.name}}},
                                                  {"schema", {{"const", record.schema}}},
                                                  {"command", reference("uuid")},
                                                  {"domain", reference("domain")},
                                                  {"data", object(record.fields, Keys::any)}});
  json["description"] = record.meaning;
  return json;
}

Json accepted(const Aggregate& aggregate) {
  return envelope<VerdictEnvelope>(Keys::known, {{"accepted", {{"const", true}}},
                                                 {"stream", stream_of(aggregate)},
                                                 {"version", integer(0)},
                                                 {"events", list_of(reference("event." + Text(aggregate.name)))},
                                                 {"claims", list_of(reference("claim"))}});
}

Json claim() {
  const Json key{{"type", "string"}, {"pattern", "^[^:]+:"}, {"description", "what must be unique beyond the stream"}};
  const Json code{{"type", "string"}, {"description", "what the claim is answered with where another stream holds it"}};
  return one_of({{{"type", "object"},
                  {"properties", {{"key", key}, {"action", {{"const", "take"}}}, {"rejection", code}}},
                  {"required", {"key", "action", "rejection"}},
                  {"additionalProperties", false}},
                 {{"type", "object"},
                  {"properties", {{"key", key}, {"action", {{"const", "release"}}}}},
                  {"required", {"key", "action"}},
                  {"additionalProperties", false}}});
}

Json refused(const std::vector<Refusal>& faults, const Context& context) {
  Json codes = Json::array();
  const auto add = [&](const std::vector<Refusal>& refusals) {
    for (const Refusal& refusal : refusals) {
      if (std::find(codes.begin(), codes.end(), refusal.code) == codes.end()) codes.push_back(refusal.code);
    }
  };
  for (const Aggregate& aggregate : context.aggregates) add(aggregate.rejections);
  add(faults);
  Json rejection{{"type", "object"},
                 {"properties",
                  {{"code", {{"enum", codes}}},
                   {"message", {{"type", "string"}, {"description", "a plain sentence"}}},
                   {"pointer", {{"type", "string"}, {"description", "JSON pointer (RFC 6901) into the command"}}},
                   {"params", dictionary_of({{"type", {"string", "integer"}}})}}},
                 {"required", {"code", "message"}},
                 {"additionalProperties", false}};
  return {{"type", "object"},
          {"properties", {{"accepted", {{"const", false}}}, {"rejection", std::move(rejection)}}},
          {"required", {"accepted", "rejection"}},
          {"additionalProperties", false}};
}

Json data_of(const View& view) {
  Json row = reference("row." + Text(view.name));
  switch (view.arranged) {
    case Arrangement::list: {
      Json list = list_of(std::move(row));
      if (view.page_size != 0) list["maxItems"] = view.page_size;
      return list;
    }
    case Arrangement::dictionary: return dictionary_of(std::move(row));
    case Arrangement::object: return one_of({std::move(row), {{"type", "null"}}});
  }
  return false;
}

Json stored(const View& view) {
  Text key(view.name);
  if (view.keyed != Keyed::once) key += "/" + id_form;
  if (view.keyed == Keyed::by_page) key += "/[1-9][0-9]*";
  Json json = envelope<ViewEnvelope>(Keys::any, {{"data", data_of(view)},
                                                 {"checkpoint", dictionary_of(integer(1))},
                                                 {"projection", pattern(key)},
                                                 {"domain", reference("domain")}});
  json["description"] = view.meaning;
  return json;
}

}  // namespace

std::string schema(const Context& context, const std::vector<Refusal>& faults) {
  Json commands = Json::array();
  Json events = Json::array();
  Json verdicts = Json::array();
  Json facts = Json::array();
  Json views = Json::array();
  Json parts = Json::object();
  for (const Aggregate& aggregate : context.aggregates) {
    const Text name(aggregate.name);
    for (const Record& record : aggregate.commands) {
      const Text part = "command." + name_of(aggregate, record);
      parts[part] = command(aggregate, record);
      commands.push_back(reference(part));
    }
    Json own = Json::array();
    for (const std::vector<Record>* records : {&aggregate.events, &aggregate.earlier}) {
      for (const Record& record : *records) {
        const Text part = "event." + name_of(aggregate, record) + "." + std::to_string(record.schema);
        parts[part] = event(aggregate, record);
        own.push_back(reference(part));
      }
    }
    parts["event." + name] = one_of(std::move(own));
    events.push_back(reference("event." + name));
    parts["facts." + name] = object(aggregate.facts.fields, Keys::any);
    facts.push_back(reference("facts." + name));
    parts["verdict." + name] = accepted(aggregate);
    verdicts.push_back(reference("verdict." + name));
  }
  parts["verdict.refused"] = refused(faults, context);
  verdicts.push_back(reference("verdict.refused"));
  for (const View& view : context.views) {
    const Text name(view.name);
    parts["row." + name] = object(view.row.fields, Keys::any);
    parts["view." + name] = stored(view);
    views.push_back(reference("view." + name));
  }

  Json defs{{"command", one_of(std::move(commands))},
            {"context", envelope<ContextEnvelope>(Keys::known, {{"facts", {{"allOf", std::move(facts)}}}})},
            {"verdict", one_of(std::move(verdicts))},
            {"event", one_of(std::move(events))},
            {"view", one_of(std::move(views))},
            {"claim", claim()}};
  defs.update(parts);
  defs.update(values());
  const Json document{
      {"$schema", "https://json-schema.org/draft/2020-12/schema"},
      {"$id", "urn:crowbar:" + Text(context.name)},
      {"$comment", "Written by `npm run generate` from the describe() of domain/" + Text(context.name) + "."},
      {"$defs", std::move(defs)}};
  return laid_out(document) + "\n";
}

}  // namespace crowbar::generate
