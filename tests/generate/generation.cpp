// What follows from describe(): types, catalogue and schema.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "generate/catalog.hpp"
#include "generate/described.hpp"
#include "generate/layout.hpp"
#include "generate/schema.hpp"
#include "generate/typescript.hpp"
#include "orchard.hpp"

using Catch::Matchers::Contains;
using nlohmann::ordered_json;

namespace {

const crowbar::generate::Context orchards = crowbar::generate::context_of<crowbar::tests::orchard::Context>();

ordered_json catalog() {
  const std::string text = crowbar::generate::catalog(orchards, crowbar::generate::faults());
  const std::size_t from = text.find("= {") + 2;
  return ordered_json::parse(text.substr(from, text.rfind(';') - from));
}

ordered_json part(const std::string& name) {
  return ordered_json::parse(crowbar::generate::schema(orchards, crowbar::generate::faults())).at("$defs").at(name);
}

}  // namespace

TEST_CASE("every kind of member has a type in TypeScript", "[generate]") {
  const std::string text = typescript(orchards);
  CHECK_THAT(text, Contains(R"(    /** Plant it. *\/ ends no comment. */
    readonly plant_tree: {
      /** which; an id */
      readonly tree: string;
      /** one of them */
      readonly sample: {
        /** to be eaten now */
        readonly ripe: boolean;
        /** its weight; 1 to 900 */
        readonly grams?: number;
      };
      /** all of them */
      readonly apples: readonly ({
        /** to be eaten now */
        readonly ripe: boolean;
        /** its weight; 1 to 900 */
        readonly grams?: number;
      })[];
      /** anything */
      readonly note: unknown;
    };
)"));
  CHECK_THAT(text, Contains("readonly fell_tree: { readonly [key: string]: never };"));
  CHECK_THAT(text, Contains("/** It grows. (schema 2) */"));
  CHECK_THAT(text, Contains(R"(export interface TreeRowsRow {
  /** kind → trees */
  readonly byKind: { readonly [key: string]: readonly string[] };
  /** when; ms since 1970 */
  readonly felledAt?: number;
}
)"));
  CHECK_THAT(text, Contains("  readonly tree_rows: readonly TreeRowsRow[];"));
  CHECK_THAT(text, Contains("export type ViewKey =\n  | `tree_rows/${string}/${number}`;"));
  CHECK_THAT(text, Contains("  readonly orchard:\n    | \"no_room\"\n    | \"too_cold\";"));
}

TEST_CASE("the catalogue has every rejection, every earlier shape and the members of members", "[generate]") {
  const ordered_json all = catalog();
  const ordered_json& orchard = all.at("aggregates").at(0);
  CHECK(orchard.at("rejections").size() == 2);
  CHECK(orchard.at("rejections").at(1) ==
        ordered_json::parse(R"({"code": "too_cold", "outcome": "forbidden", "sentence": "It is too cold."})"));
  CHECK(orchard.at("events").at(0).at("earlier") ==
        ordered_json::parse(
            R"([{"schema": 1, "data": [{"name": "label", "type": "text", "required": false, "meaning": "which"}]}])"));
  const ordered_json& apples = orchard.at("commands").at(0).at("data").at(2);
  CHECK(apples.at("type") == "list of record");
  CHECK(
      apples.at("members").at(1) ==
      ordered_json::parse(
          R"({"name": "grams", "type": "integer", "required": false, "min": 1, "max": 900, "meaning": "its weight"})"));
  const ordered_json& view = all.at("views").at(0);
  CHECK(view.at("key") == "tree_rows/<orchardId>/<page>");
  CHECK(view.at("pageSize") == 12);
  CHECK(view.at("readers") == "stream");
  CHECK(view.at("row").at(0).at("type") == "dictionary of list of id");
  CHECK(all.at("faults").size() == crowbar::fault_count - 1);
}

TEST_CASE("a schema is closed where an unknown key is refused and open where it is passed over", "[generate]") {
  const ordered_json command = part("command.orchard.plant_tree");
  CHECK(command.at("additionalProperties") == false);
  const ordered_json& data = command.at("properties").at("data");
  CHECK(data.at("additionalProperties") == false);
  CHECK(data.at("required") == ordered_json::parse(R"(["tree", "sample", "apples", "note"])"));
  CHECK(data.at("properties").at("apples").at("items").at("properties").at("grams").at("maximum") == 900);
  CHECK_FALSE(part("event.orchard.tree_planted.1").contains("additionalProperties"));
  CHECK(part("event.orchard").at("oneOf").size() == 2);
  CHECK(part("view.tree_rows").at("properties").at("data").at("maxItems") == 12);
}

TEST_CASE("in a context without views nothing is a view", "[generate]") {
  crowbar::generate::Context without = orchards;
  without.views.clear();
  const ordered_json schema = ordered_json::parse(crowbar::generate::schema(without, crowbar::generate::faults()));
  CHECK(schema.at("$defs").at("view") == false);
  CHECK_THAT(typescript(without), Contains("export type ViewKey = never;"));
}

TEST_CASE("a value stands on one line where it fits", "[generate]") {
  CHECK(crowbar::generate::laid_out({{"a", 1}, {"b", {1, "x"}}}) == R"({ "a": 1, "b": [1, "x"] })");
  CHECK(crowbar::generate::laid_out(ordered_json::object()) == "{}");
  const std::string wide(115, 'w');
  CHECK(crowbar::generate::laid_out({{"a", {wide}}}) == "{\n  \"a\": [\n    \"" + wide + "\"\n  ]\n}");
}
