// A projection by page that hears an event which does not say what it is about.
#include "lamp.hpp"

namespace lamp {

using LampId = crowbar::Id<struct AnyLamp>;

struct Placed {
  LampId lamp;
  static constexpr auto describe() {
    return crowbar::record<Placed>("placed", "It stands there.", crowbar::field("lampId", &Placed::lamp, "which"));
  }
};
struct Broken {
  LampId lamp;
  static constexpr auto describe() {
#if defined(WRONG)
    constexpr std::string_view name = "lamp";
#else
    constexpr std::string_view name = "lampId";
#endif
    return crowbar::record<Broken>("broken", "It is dark for ever.", crowbar::field(name, &Broken::lamp, "which"));
  }
};
struct PagedContract {
  static constexpr std::string_view name = "lamp";
  using Event = std::variant<Placed, Broken>;
  using Earlier = std::tuple<>;
};

struct Row {
  LampId lamp;
  static constexpr auto describe() {
    return crowbar::record<Row>("lamp", "A lamp.", crowbar::field("lampId", &Row::lamp, "which"));
  }
};
struct View {
  bool begun = false;
};
struct Projection {
  static constexpr std::string_view name = "lamps";
  static constexpr crowbar::Keyed keyed = crowbar::Keyed::by_page;
  static constexpr crowbar::Arrangement arranged = crowbar::Arrangement::list;
  static constexpr std::uint32_t page_size = 10;
  static constexpr std::string_view entity = "lampId";
  using Contract = PagedContract;
  using Hears = std::tuple<Placed, Broken>;
  using Begins = Placed;
  using View = lamp::View;
  using Row = lamp::Row;
};

inline void project(View&, const Placed&, const crowbar::Recorded&) {}
inline void project(View&, const Broken&, const crowbar::Recorded&) {}
inline void write(const View&, crowbar::RowWriter<Row>&) {}
inline void load(View&, const Row&) {}
inline void open(View&, std::uint32_t) {}
inline void begin_here(View& view) { view.begun = true; }
inline bool counting(const View& view) { return !view.begun; }
const crowbar::ProjectionRules& rules = crowbar::projection_of<Projection>;

}  // namespace lamp
