// A projection that says it hears an event and does nothing about it.
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
  static constexpr std::string_view name = "lamp";
  static constexpr crowbar::Keyed keyed = crowbar::Keyed::by_stream;
  static constexpr crowbar::Arrangement arranged = crowbar::Arrangement::object;
  using Contract = lamp::Contract;
  using Hears = std::tuple<SwitchedOn, SwitchedOff>;
  using View = lamp::View;
  using Row = lamp::Row;
};

inline void project(View& view, const SwitchedOn&, const crowbar::Recorded&) { view.on = true; }
#if !defined(WRONG)
inline void project(View& view, const SwitchedOff&, const crowbar::Recorded&) { view.on = false; }
#endif
inline void write(const View& view, crowbar::RowWriter<Row>& rows) { rows.row({view.on}); }
inline void load(View& view, const Row& row) { view.on = row.on; }
const crowbar::ProjectionRules& rules = crowbar::projection_of<Projection>;

}  // namespace lamp
