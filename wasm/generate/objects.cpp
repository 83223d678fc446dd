#include "generate/objects.hpp"

#include <algorithm>

namespace crowbar::generate {
namespace {

using Text = std::string;

Text quoted(std::string_view name) { return '"' + Text(name) + '"'; }
Text variable(std::size_t number) { return "_" + std::to_string(number); }

// How the fields of a command are put, and those of an event taken; empty for what goes as JSON.
Text verb(const Type& type) {
  switch (type.kind) {
    case Kind::boolean: return "Boolean";
    case Kind::integer:
    case Kind::instant: return "Integer";
    case Kind::text: return "Text";
    case Kind::id:
    case Kind::uuid:
    case Kind::stream: return "Id";
    default: return {};
  }
}

bool is_flat(const Record& record) {
  return std::all_of(record.fields.begin(), record.fields.end(), [](const Field& f) { return !verb(f.type).empty(); });
}

Text command(const Record& record, std::size_t number) {
  Text names;
  Text puts;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Field& field = record.fields[i];
    names += (i == 0 ? "" : ", ") + quoted(field.name) + ": " + variable(i);
    puts += " &&\n        fields." + Text(field.required ? "put" : "putOptional") + verb(field.type) + "(" +
            variable(i) + ")";
  }
  Text text = "      " + quoted(record.name) + ": { number: " + std::to_string(number) + ", put: (fields, data) => {\n";
  if (!names.empty()) text += "        const { " + names + " } = data;\n";
  return text + "        return isPlain(data)" + puts + " && fields.areAllOf(data);\n      } },\n";
}

Text event(const Record& record) {
  const Text head = "      { type: " + quoted(record.name) + ", schema: " + std::to_string(record.schema) + ", take: (";
  if (record.fields.empty()) return head + ") => ({}) },\n";
  Text takes;
  Text literal;
  Text rest;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Field& field = record.fields[i];
    const Text kind = verb(field.type).empty() ? "Json" : verb(field.type) == "Id" ? "Text" : verb(field.type);
    takes += "        const " + variable(i) + " = fields.take" + kind + "();\n";
    if (field.required && rest.empty()) {
      literal += (i == 0 ? "" : ", ") + quoted(field.name) + ": " + variable(i);
    } else {
      rest += "        " + (field.required ? "" : "if (" + variable(i) + " !== undefined) ") + "data[" +
              quoted(field.name) + "] = " + variable(i) + ";\n";
    }
  }
  return head + "fields) => {\n" + takes + "        const data: Data = {" +
         (literal.empty() ? "" : " " + literal + " ") + "};\n" + rest + "        return data;\n      } },\n";
}

}  // namespace

std::string objects(const Context& context) {
  Text text = "// Written by `npm run generate` from the describe() of domain/" + Text(context.name) +
              ". Do not edit.\nimport { type Data, isPlain, type ObjectsOf } from \"../src/fields.ts\";\n\n" +
              "export const objects: ObjectsOf = {\n";
  for (const Aggregate& aggregate : context.aggregates) {
    text += "  " + quoted(aggregate.name) + ": {\n    commands: {\n";
    for (std::size_t i = 0; i < aggregate.commands.size(); ++i) {
      // A list or a record within a command is for JSON.
      if (is_flat(aggregate.commands[i])) text += command(aggregate.commands[i], i);
    }
    text += "    },\n    events: [\n";
    for (const Record& each : aggregate.events) text += event(each);
    text += "    ],\n  },\n";
  }
  return text + "};\n";
}

}  // namespace crowbar::generate
