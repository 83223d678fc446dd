// `allusers`: who is called what.
#pragma once

#include <string>
#include <vector>

#include "chat/user/contract.hpp"
#include "kernel/interner.hpp"
#include "kernel/projection.hpp"

namespace crowbar::chat::allusers {

struct Row {
  std::string_view name;
  static constexpr auto describe() {
    return record<Row>("user", "A registered person.", field("name", &Row::name, "what they call themselves"));
  }
};

/// Written by id, so that the order in which the streams are heard does not matter.
struct View {
  Interner ids;
  std::vector<std::string> names;  ///< by number of the id
};

struct Projection {
  static constexpr std::string_view name = "allusers";
  static constexpr std::string_view meaning = "Everybody who is registered, by id.";
  static constexpr Keyed keyed = Keyed::once;
  static constexpr Arrangement arranged = Arrangement::dictionary;
  static constexpr Readers readers = Readers::everybody;
  using Contract = user::Contract;
  using Hears = std::tuple<user::UserRegistered, user::UserRenamed>;
  using View = allusers::View;
  using Row = allusers::Row;
};

void project(View& view, const user::UserRegistered& event, const Recorded& recorded);
void project(View& view, const user::UserRenamed& event, const Recorded& recorded);

void write(const View& view, RowWriter<Row>& rows);
void load(View& view, std::string_view id, const Row& row);

}  // namespace crowbar::chat::allusers
