// A context as plain values: what describe() says, once more, in a form that can be walked and printed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/projection.hpp"

namespace crowbar::generate {

enum class Kind : std::uint8_t { boolean, integer, instant, text, id, uuid, stream, json, list, dictionary, record };

struct Field;

struct Type {
  Kind kind;
  std::vector<Type> of;        ///< of a list or a dictionary: the one type of its items
  std::vector<Field> members;  ///< of a record
};

struct Field {
  std::string_view name;
  Type type;
  bool required;
  std::optional<std::int64_t> min;  ///< code points of a text, or the integer itself
  std::optional<std::int64_t> max;
  std::string_view meaning;
};

struct Record {
  std::string_view name;
  std::int64_t schema;
  std::string_view meaning;
  std::vector<Field> fields;
};

/// A rejection or a fault.
struct Refusal {
  std::string_view code;
  std::string_view outcome;
  std::string_view sentence;
};

struct Aggregate {
  std::string_view name;
  std::string_view meaning;
  std::vector<Record> commands;
  std::vector<Record> events;
  std::vector<Record> earlier;  ///< shapes of events that are still read and no longer written
  std::vector<Refusal> rejections;
  Record facts;
};

struct View {
  std::string_view name;
  std::string_view meaning;
  std::string_view aggregate;
  Keyed keyed;
  Arrangement arranged;
  Readers readers;
  std::int64_t page_size;  ///< 0 where there are no pages
  std::vector<std::string_view> hears;
  Record row;
};

struct Context {
  std::string_view name;
  std::vector<Aggregate> aggregates;
  std::vector<View> views;
};

}  // namespace crowbar::generate
