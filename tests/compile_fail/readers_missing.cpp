// One view of many streams that does not say whom it is for: there is no one stream to ask.
#include "lamp.hpp"

namespace lamp {

struct Row {
  bool on = false;
  static constexpr auto describe() {
    return crowbar::record<Row>("lamp", "A lamp.", crowbar::field("on", &Row::on, "is it light?"));
  }
};
struct View {
  bool on = false;
};
struct Projection {
  static constexpr std::string_view name = "lamps";
  static constexpr crowbar::Keyed keyed = crowbar::Keyed::once;
  static constexpr crowbar::Arrangement arranged = crowbar::Arrangement::object;
#if !defined(WRONG)
  static constexpr crowbar::Readers readers = crowbar::Readers::everybody;
#endif
  using Contract = lamp::Contract;
  using Hears = std::tuple<SwitchedOn>;
  using View = lamp::View;
  using Row = lamp::Row;
};

inline void project(View& view, const SwitchedOn&, const crowbar::Recorded&) { view.on = true; }
inline void write(const View& view, crowbar::RowWriter<Row>& rows) { rows.row({view.on}); }
inline void load(View& view, const Row& row) { view.on = row.on; }
const crowbar::ProjectionRules& rules = crowbar::projection_of<Projection>;

}  // namespace lamp
