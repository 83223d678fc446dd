#include "generate/typescript.hpp"

#include "generate/catalog.hpp"

namespace crowbar::generate {
namespace {

using Text = std::string;

Text indented(int level) { return Text(static_cast<std::size_t>(level) * 2, ' '); }

// What would end the comment must not.
Text comment(int level, Text text) {
  for (std::size_t at = text.find("*/"); at != Text::npos; at = text.find("*/", at)) text.insert(at + 1, "\\");
  return indented(level) + "/** " + text + " */\n";
}

Text bounds(const Field& field) {
  if (field.type.kind == Kind::instant) return "ms since 1970";
  if (field.type.kind == Kind::id) return "an id";
  if (!field.min) return {};
  const Text range = *field.max == max_integer ? std::to_string(*field.min) + " or more"
                                               : std::to_string(*field.min) + " to " + std::to_string(*field.max);
  return field.type.kind == Kind::text ? range + " code points" : range;
}

Text meaning(const Field& field) {
  const Text bounded = bounds(field);
  return Text(field.meaning) + (bounded.empty() ? "" : "; " + bounded);
}

Text object(const std::vector<Field>& fields, int level);

Text type(const Type& of, int level) {
  switch (of.kind) {
    case Kind::boolean: return "boolean";
    case Kind::integer:
    case Kind::instant: return "number";
    case Kind::text:
    case Kind::id:
    case Kind::uuid:
    case Kind::stream: return "string";
    case Kind::json: return "unknown";
    case Kind::list: {
      const Text item = type(of.of.front(), level);
      return "readonly " + (item.find(' ') == Text::npos ? item : "(" + item + ")") + "[]";
    }
    case Kind::dictionary: return "{ readonly [key: string]: " + type(of.of.front(), level) + " }";
    case Kind::record: return object(of.members, level);
  }
  return "never";
}

Text object(const std::vector<Field>& fields, int level) {
  if (fields.empty()) return "{ readonly [key: string]: never }";
  Text text = "{\n";
  for (const Field& field : fields) {
    text += comment(level + 1, meaning(field)) + indented(level + 1) + "readonly " + Text(field.name) +
            (field.required ? ": " : "?: ") + type(field.type, level + 1) + ";\n";
  }
  return text + indented(level) + "}";
}

// `readonly send_message: {…};` and so on, in the braces of their aggregate.
Text records(const std::vector<Record>& records, int level) {
  Text text = "{\n";
  for (const Record& record : records) {
    const Text schema = record.schema == 1 ? "" : " (schema " + std::to_string(record.schema) + ")";
    text += comment(level + 1, Text(record.meaning) + schema) + indented(level + 1) + "readonly " + Text(record.name) +
            ": " + object(record.fields, level + 1) + ";\n";
  }
  return text + indented(level) + "}";
}

Text codes(const std::vector<Refusal>& refusals, int level) {
  Text text;
  for (const Refusal& refusal : refusals) text += "\n" + indented(level) + "| \"" + Text(refusal.code) + "\"";
  return text.empty() ? " never" : text;
}

/// An interface with a member an aggregate. `of(aggregate)` is what follows the member's colon.
template <class Of>
Text by_aggregate(const Context& context, std::string_view name, const Text& meaning, Of&& of) {
  Text text = "\n" + comment(0, meaning) + "export interface " + Text(name) + " {\n";
  for (const Aggregate& aggregate : context.aggregates) {
    text += comment(1, Text(aggregate.meaning)) + "  readonly " + Text(aggregate.name) + ":" + of(aggregate) + ";\n";
  }
  return text + "}\n";
}

// `AllchannelsRow` of `allchannels`.
Text row_of(const View& view) {
  Text name;
  bool begins = true;
  for (const char c : view.name) {
    name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = c == '_';
    if (begins) name.pop_back();
  }
  return name + "Row";
}

Text data_of(const View& view) {
  switch (view.arranged) {
    case Arrangement::list: return "readonly " + row_of(view) + "[]";
    case Arrangement::dictionary: return "{ readonly [key: string]: " + row_of(view) + " }";
    case Arrangement::object: return row_of(view) + " | null";
  }
  return "never";
}

Text key_type(const View& view) {
  switch (view.keyed) {
    case Keyed::once: return "\"" + Text(view.name) + "\"";
    case Keyed::by_stream: return "`" + Text(view.name) + "/${string}`";
    case Keyed::by_page: return "`" + Text(view.name) + "/${string}/${number}`";
  }
  return "never";
}

Text views(const Context& context) {
  Text rows;
  Text data = "\n" + comment(0, "What is in the `data` of each view, by the name that its key begins with.") +
              "export interface Views {\n";
  Text keys;
  for (const View& view : context.views) {
    rows += "\n" + comment(0, Text(view.row.meaning)) + "export interface " + row_of(view) + " " +
            object(view.row.fields, 0) + "\n";
    data += comment(1, "`" + key_of(view) + "`: " + Text(view.meaning)) + "  readonly " + Text(view.name) + ": " +
            data_of(view) + ";\n";
    keys += "\n  | " + key_type(view);
  }
  return rows + data + "}\n\n" + comment(0, "The keys of the views.") +
         "export type ViewKey =" + (keys.empty() ? " never" : keys) + ";\n";
}

}  // namespace

std::string typescript(const Context& context) {
  return "// Written by `npm run generate` from the describe() of domain/" + Text(context.name) + ". Do not edit.\n" +
         by_aggregate(context, "Commands", "What may be asked of each aggregate: the data of each type of command.",
                      [](const Aggregate& each) { return " " + records(each.commands, 1); }) +
         by_aggregate(context, "Events",
                      "What can have happened: the data of each type of event, in its shape of today.",
                      [](const Aggregate& each) { return " " + records(each.events, 1); }) +
         by_aggregate(context, "Rejections", "Why a rule may say no: frozen codes. The catalogue has their sentences.",
                      [](const Aggregate& each) { return codes(each.rejections, 2); }) +
         by_aggregate(context, "Facts", "What the rules ask the server to find out: the `facts` of a context.",
                      [](const Aggregate& each) { return " " + object(each.facts.fields, 1); }) +
         views(context);
}

std::string typescript(const std::vector<Refusal>& faults) {
  return "// Written by `npm run generate` from domain/kernel/fault.cpp. Do not edit.\n\n" +
         comment(
             0,
             "What can be wrong with bytes, versions and handles: frozen codes. The catalogue has their sentences.") +
         "export type Fault =" + codes(faults, 1) + ";\n";
}

}  // namespace crowbar::generate
