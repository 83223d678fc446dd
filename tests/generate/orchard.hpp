// A context made up to hold every kind of member that describe() knows.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <variant>

#include "kernel/decision.hpp"
#include "kernel/description.hpp"
#include "kernel/projection.hpp"

namespace crowbar::tests::orchard {

struct AnyTree;
using TreeId = Id<AnyTree>;

struct Apple {
  bool ripe = false;
  std::optional<std::int64_t> grams;
  static constexpr auto describe() {
    return record<Apple>("apple", "A fruit.", field("ripe", &Apple::ripe, "to be eaten now"),
                         field("grams", &Apple::grams, integer(1, 900), "its weight"));
  }
};

struct PlantTree {
  TreeId tree;
  Apple sample;
  List<Apple> apples;
  Raw note;
  static constexpr auto describe() {
    return record<PlantTree>("plant_tree", "Plant it. */ ends no comment.", field("tree", &PlantTree::tree, "which"),
                             field("sample", &PlantTree::sample, "one of them"),
                             field("apples", &PlantTree::apples, "all of them"),
                             field("note", &PlantTree::note, "anything"));
  }
};
struct FellTree {
  static constexpr auto describe() { return record<FellTree>("fell_tree", "Fell it."); }
};

struct TreePlanted {
  TreeId tree;
  static constexpr auto describe() {
    return record<TreePlanted>("tree_planted", schema(2), "It grows.", field("tree", &TreePlanted::tree, "which"));
  }
};
struct TreePlantedV1 {
  std::optional<std::string_view> label;
  static constexpr auto describe() {
    return record<TreePlantedV1>("tree_planted", schema(1), "It grows.",
                                 field("label", &TreePlantedV1::label, "which"));
  }
};

enum class Rejection : std::uint8_t { no_room, too_cold };
inline constexpr std::array<RejectionDescription<Rejection>, 2> rejections{{
    {Rejection::no_room, "no_room", Outcome::rejected, "There is no room in {stream}."},
    {Rejection::too_cold, "too_cold", Outcome::forbidden, "It is too cold."},
}};
constexpr const RejectionDescription<Rejection>& describe(Rejection rejection) {
  return rejections[static_cast<std::size_t>(rejection)];
}

struct Facts {
  static constexpr auto describe() { return record<Facts>("facts", "Nothing."); }
};
struct Contract {
  static constexpr std::string_view name = "orchard";
  static constexpr std::string_view meaning = "Trees.";
  using Command = std::variant<PlantTree, FellTree>;
  using Event = std::variant<TreePlanted>;
  using Earlier = std::tuple<TreePlantedV1>;
  using Rejection = orchard::Rejection;
};
struct Aggregate {
  using Contract = orchard::Contract;
  using Facts = orchard::Facts;
};

struct Row {
  Dictionary<List<TreeId>> by_kind;
  std::optional<Instant> felled_at;
  static constexpr auto describe() {
    return record<Row>("row", "A row of trees.", field("byKind", &Row::by_kind, "kind → trees"),
                       field("felledAt", &Row::felled_at, "when"));
  }
};
struct Projection {
  static constexpr std::string_view name = "tree_rows";
  static constexpr std::string_view meaning = "The trees.";
  static constexpr Keyed keyed = Keyed::by_page;
  static constexpr Arrangement arranged = Arrangement::list;
  static constexpr std::uint32_t page_size = 12;
  using Contract = orchard::Contract;
  using Hears = std::tuple<TreePlanted>;
  using Row = orchard::Row;
};

struct Context {
  static constexpr std::string_view name = "orchards";
  using Aggregates = std::tuple<Aggregate>;
  using Projections = std::tuple<Projection>;
};

}  // namespace crowbar::tests::orchard
