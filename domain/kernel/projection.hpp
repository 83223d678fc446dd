// A projection's types behind a table of functions, so that all that does not depend on them is compiled once.
//
// A projection `P` is a struct of names:  P::name   what its keys begin with         P::keyed  how many views it has
//                                         P::Contract  the aggregate that it hears   P::Hears  the events it acts on
//                                         P::View   the view in memory               P::Row    what its data consists
//                                         of P::arranged  list of rows, dictionary of rows, or one row
// and these functions beside its View:    void project(View&, const E&, const Recorded&)           per event it hears
//                                         void write(const View&, RowWriter<Row>&)                 all its rows
//                                         void load(View&, const Row&) or load(View&, key, Row)    one stored row
// and where it applies:                   P::readers  whom it is for; without it, whom its stream admits (rules.hpp)
// and for views by page:                  P::page_size, P::entity  the member of the events and of the rows that says
//                                         what they are about
//                                         P::Begins  the event with which such an entity comes into being
//                                         void open(View&, std::uint32_t page), void begin_here(View&), bool
//                                         counting(const View&)
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <tuple>

#include "kernel/event_reader.hpp"
#include "kernel/pages.hpp"
#include "kernel/shapes.hpp"
#include "kernel/view_key.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

/// What the data of a view is: a list of rows, an object of rows by key, or one row (null before there is any).
enum class Arrangement : std::uint8_t { list, dictionary, object };

/// Whom a view is for: whom the stream that it shows admits, or everybody who is signed in.
enum class Readers : std::uint8_t { stream, everybody };

/// Whom the views of the projection `P` are for.
template <class P>
constexpr Readers readers_of() {
  if constexpr (requires { P::readers; }) return P::readers;
  return Readers::stream;
}

/// Takes the rows of a view and writes them.
template <class Row>
class RowWriter {
 public:
  explicit RowWriter(Bytes& out) : out_(out) {}
  void row(const Row& row) {
    separate();
    write_value(out_, row);
  }
  void row(Text key, const Row& row) {
    separate();
    write_text(out_, key);
    out_.push(':');
    write_value(out_, row);
  }

 private:
  void separate() {
    if (any_) out_.push(',');
    any_ = true;
  }
  Bytes& out_;
  bool any_ = false;
};

/// What the kernel asks of a projection; `view` is its P::View.
struct ProjectionRules {
  std::string_view name;
  std::string_view aggregate;
  Keyed keyed;
  Arrangement arranged;
  std::uint32_t page_size;  ///< 0 where there are no pages
  void* (*make)(std::uint32_t page);
  void (*destroy)(void* view);
  /// Reads the data of one event and changes the view, if the projection hears it; where there are `pages`, the view
  /// of the page that they name.
  bool (*project)(void* view, Pages* pages, EventReader& event, const Recorded& recorded);
  std::span<const std::string_view> hears;  ///< types of events
  std::string_view entity;                  ///< for pages: the member of the events' data that names the entity
  void (*write)(const void* view, Bytes& out);
  /// Reads one row; `key` where they have keys. Where there are `pages`, they hold what it is about.
  bool (*load)(void* view, Pages* pages, Reader& row, Text key);
  void (*begin_here)(void* view);
  bool (*counting)(const void* view);
};

namespace detail {

template <class View, class E>
void project_event(View& view, const E& event, const Recorded& recorded) {
  project(view, event, recorded);
}
template <class View, class Writer>
void write_rows(const View& view, Writer& writer) {
  write(view, writer);
}
template <class View, class... Row>
void load_row(View& view, const Row&... row) {
  load(view, row...);
}
template <class View>
void open_page(View& view, std::uint32_t page) {
  open(view, page);
}
template <class View>
bool is_counting(const View& view) {
  return counting(view);
}
template <class View>
void begin_page(View& view) {
  begin_here(view);
}

template <class Types, class E>
inline constexpr bool holds = false;
template <class... T, class E>
inline constexpr bool holds<std::tuple<T...>, E> = (std::is_same_v<T, E> || ...);

template <class Types>
struct NamesOf;
template <class... E>
struct NamesOf<std::tuple<E...>> {
  static constexpr std::array<std::string_view, sizeof...(E)> all{description<E>.name...};
};

template <class R>
constexpr std::size_t member_called(Text name) {
  std::size_t found = description<R>.size;
  each_field<R>([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
    if (field_of<R, I>.name == name) found = I;
    return true;
  });
  return found;
}
/// What an event or a row of the projection by page `P` is about.
template <class P, class R>
std::string_view entity_of(const R& record) {
  constexpr std::size_t at = member_called<R>(P::entity);
  static_assert(at < description<R>.size, "what a projection by page hears and shows must name its entity");
  return (record.*(field_of<R, at>.member)).value;
}

template <class P>
struct Projected {
  using View = typename P::View;
  using Event = typename P::Contract::Event;
  static constexpr bool paged = P::keyed == Keyed::by_page;
  static_assert(P::keyed != Keyed::once || readers_of<P>() == Readers::everybody,
                "a view of many streams has no one stream to admit its readers: it must say `readers`");

  static void* make(std::uint32_t page) {
    auto* view = new View();
    if constexpr (paged) open_page(*view, page);
    return view;
  }

  // The view of the page that the event is about; false where it changes none.
  static bool find_page(void*& view, Pages& pages, const Event& event, const Recorded& recorded) {
    std::string_view entity;
    bool heard = false;
    bool begins = false;
    use_alternative(event, [&]<class E>(const E& e) {
      if constexpr (holds<typename P::Hears, E>) {
        entity = entity_of<P>(e);
        heard = true;
        begins = std::is_same_v<E, typename P::Begins>;
      }
    });
    if (heard) view = pages.route(entity, begins, recorded.version);
    return view != nullptr;
  }

  static bool project(void* view, [[maybe_unused]] Pages* pages, EventReader& reader, const Recorded& recorded) {
    Event event;
    if (!reader.data(shapes_of<Event, typename P::Contract::Earlier>, &event)) return false;
    if constexpr (paged) {
      if (pages != nullptr && !find_page(view, *pages, event, recorded)) return true;
    }
    use_alternative(event, [&]<class E>(const E& e) {
      if constexpr (holds<typename P::Hears, E>) project_event(*static_cast<View*>(view), e, recorded);
    });
    return true;
  }

  static bool load(void* view, [[maybe_unused]] Pages* pages, Reader& reader, [[maybe_unused]] Text key) {
    typename P::Row row{};
    if (!read_value(reader, row)) return false;
    if constexpr (paged) {
      if (pages != nullptr) pages->hold(entity_of<P>(row));
    }
    if constexpr (P::arranged == Arrangement::dictionary) {
      load_row(*static_cast<View*>(view), key, row);
    } else {
      load_row(*static_cast<View*>(view), row);
    }
    return true;
  }

  static constexpr std::uint32_t page_size() {
    if constexpr (paged) return P::page_size;
    return 0;
  }
  static constexpr std::string_view entity() {
    if constexpr (paged) return P::entity;
    return {};
  }

  static constexpr ProjectionRules rules{
      P::name,
      P::Contract::name,
      P::keyed,
      P::arranged,
      page_size(),
      &make,
      [](void* view) { delete static_cast<View*>(view); },
      &project,
      NamesOf<typename P::Hears>::all,
      entity(),
      [](const void* view, Bytes& out) {
        RowWriter<typename P::Row> rows(out);
        write_rows(*static_cast<const View*>(view), rows);
      },
      &load,
      [](void* view) {
        if constexpr (paged) begin_page(*static_cast<View*>(view));
      },
      [](const void* view) {
        if constexpr (paged) return is_counting(*static_cast<const View*>(view));
        return false;
      },
  };
};
}  // namespace detail

/// The rules of the projection `P`.
template <class P>
inline constexpr const ProjectionRules& projection_of = detail::Projected<P>::rules;

}  // namespace crowbar
