// What a projection is, and the one who keeps its view: open or load, project, write.
//
// A projection `P` is a struct of names:  P::name   what its keys begin with         P::keyed  how many views it has
//                                         P::Contract  the aggregate that it hears   P::Hears  the events it acts on
//                                         P::View   the view in memory               P::Row    what its data consists of
//                                         P::shape  list of rows, dictionary of rows, or one row
// and these functions beside its View:    void project(View&, const E&, const Recorded&)           per event it hears
//                                         void write(const View&, RowWriter<Row>&)                 all its rows
//                                         void load(View&, const Row&) or load(View&, key, Row)    one stored row
// and for views by page:                  P::page_size, static std::string_view P::entity(const E&),
//                                         void open(View&, std::uint32_t page), void begin_here(View&), bool counting(View&)
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "kernel/command_reader.hpp"
#include "kernel/event_reader.hpp"
#include "kernel/view_key.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

enum class Shape : std::uint8_t { list, dictionary, object };

/// Takes the rows of a view and writes them.
template <class Row>
class RowWriter {
 public:
  explicit RowWriter(Bytes& out) : out_(out) {}
  void row(const Row& row) {
    separate();
    write_value(out_, row);
  }
  void row(std::string_view key, const Row& row) {
    separate();
    write_text(out_, key);
    out_.push(':');
    write_value(out_, row);
  }
  std::uint32_t size() const { return size_; }

 private:
  void separate() {
    if (size_++ != 0) out_.push(',');
  }
  Bytes& out_;
  std::uint32_t size_ = 0;
};

/// A view as it is stored: one object, one write.
struct ViewEnvelope {
  Raw data;
  Raw checkpoint;
  std::string_view projection;
  std::string_view domain;

  static constexpr auto describe() {
    return record<ViewEnvelope>("view", "What a projection made of events.",
                                field("data", &ViewEnvelope::data, "as the projection says"),
                                field("checkpoint", &ViewEnvelope::checkpoint,
                                      "stream → version of the last event that is in `data`, by name of the stream"),
                                field("projection", &ViewEnvelope::projection, "the view's key"),
                                field("domain", &ViewEnvelope::domain, "sha-256 of the module that wrote it, hex"));
  }
};

/// The version of each stream up to which a view has heard everything.
class Checkpoint {
 public:
  std::int64_t of(std::string_view stream) {
    if (last_ < versions_.size() && streams_[last_] == stream) return versions_[last_];
    const std::uint32_t number = streams_.find(stream);
    if (number == Interner::none) return 0;
    last_ = number;
    return versions_[number];
  }
  void set(std::string_view stream, std::int64_t version) {
    if (last_ >= versions_.size() || streams_[last_] != stream) last_ = streams_.add(stream);
    if (last_ == versions_.size()) versions_.push_back(0);
    versions_[last_] = version;
  }
  bool empty() const { return versions_.empty(); }
  /// By name of the stream, whatever the order of the events was.
  void write(Bytes& out) const;

 private:
  Interner streams_;
  std::vector<std::int64_t> versions_;
  std::uint32_t last_ = Interner::none;
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
template <class Types, class E>
inline constexpr bool holds = false;
template <template <class...> class Types, class... T, class E>
inline constexpr bool holds<Types<T...>, E> = (std::is_same_v<T, E> || ...);
}  // namespace detail

template <class P>
class ViewInstance {
 public:
  using Row = typename P::Row;

  explicit ViewInstance(const ViewKey& key) : key_(text_of(key)), id_(key.id) {
    stream_ = P::Contract::name;
    (stream_ += '-') += id_;
    if constexpr (P::keyed == Keyed::by_page) open(view_, key.page);
  }

  std::string_view key() const { return key_; }
  const typename P::View& view() const { return view_; }

  /// Projects stored events (NDJSON). What is at or below the checkpoint, or concerns other views, passes by. At a gap
  /// the fault names the version that is missing; what stood before it has been projected.
  Fault project(std::string_view events) {
    Fault fault;
    each_line(events, scratch_, max_event_bytes, fault, [&](Reader& reader) { return project_next(reader); });
    return fault;
  }

  /// Says that nothing before `version` + 1 of `stream` concerns this view: a page begins where the one before is full.
  void begin_after(std::string_view stream, std::int64_t version) {
    checkpoint_.set(stream, version);
    if constexpr (P::keyed == Keyed::by_page) begin_here(view_);
  }

  /// Takes over a stored view; false, with a fault, where it is none of this projection.
  bool load(Reader& reader, const ViewEnvelope& envelope) {
    Reader positions = reader.inside(envelope.checkpoint);
    bool any = false;
    const bool read_positions = read_entries(positions, [&](std::string_view stream) {
      std::int64_t version = 0;
      if (!read_in_range(positions, version, 1, max_integer)) return false;
      checkpoint_.set(stream, version);
      any = true;
      return true;
    });
    if (!read_positions) {
      positions.within("checkpoint");
      reader.fault() = std::move(positions.fault());
      return false;
    }
    if constexpr (P::keyed == Keyed::by_page) {
      if (any) begin_here(view_);
    }
    Reader data = reader.inside(envelope.data);
    if (load_data(data)) return true;
    data.within("data");
    reader.fault() = std::move(data.fault());
    return false;
  }

  /// The canonical bytes of the whole view.
  void write(std::string_view domain, Bytes& out) const {
    out.append("{\"data\":");
    if constexpr (P::shape == Shape::list) out.push('[');
    if constexpr (P::shape == Shape::dictionary) out.push('{');
    RowWriter<Row> rows(out);
    detail::write_rows(view_, rows);
    if constexpr (P::shape == Shape::list) out.push(']');
    if constexpr (P::shape == Shape::dictionary) out.push('}');
    if (P::shape == Shape::object && rows.size() == 0) out.append("null");
    out.append(",\"checkpoint\":");
    write_checkpoint(out);
    out.append(",\"projection\":");
    write_text(out, key_);
    out.append(",\"domain\":\"");
    out.append(domain);
    out.append("\"}");
  }

  void write_checkpoint(Bytes& out) const {
    if constexpr (P::keyed == Keyed::by_page) {
      // Where the page begins is not known yet, and the stored bytes have no place for the count so far: a page that
      // is loaded again begins counting anew.
      if (counting(view_)) return out.append("{}");
    }
    checkpoint_.write(out);
  }

 private:
  bool project_next(Reader& reader) {
    EventEnvelope envelope;
    return read_event(reader, envelope, [&](Reader& data, const EventEnvelope& event, auto&& close) {
      const std::string_view stream = event.stream.value;
      constexpr std::string_view aggregate = P::Contract::name;
      const bool ours = P::keyed == Keyed::once ? stream.size() > aggregate.size() + 1 &&
                                                      stream.starts_with(aggregate) && stream[aggregate.size()] == '-'
                                                : stream == stream_;
      const std::int64_t heard = ours ? checkpoint_.of(stream) : 0;
      if (!ours || event.version <= heard) return data.skip_value() && close();
      if (event.version != heard + 1) {
        data.fault() = gap(stream, heard + 1, event.version);
        return false;
      }
      const Recorded recorded{stream.substr(aggregate.size() + 1), event.version, event.at, event.actor.id};
      return read_event_data<typename P::Contract>(data, event, close, [&]<class E>(const E& e) {
        if constexpr (detail::holds<typename P::Hears, E>) detail::project_event(view_, e, recorded);
        checkpoint_.set(stream, recorded.version);
      });
    });
  }

  bool load_data(Reader& data) {
    if constexpr (P::shape == Shape::list) {
      return read_items(data, [&](std::uint32_t) { return load_one(data); });
    } else if constexpr (P::shape == Shape::dictionary) {
      return read_entries(data, [&](std::string_view key) {
        Row row{};
        if (!read<Door::log>(data, row)) return false;
        detail::load_row(view_, key, row);
        return true;
      });
    } else {
      data.skip_space();
      return data.peek() == 'n' ? data.skip_value() : load_one(data);
    }
  }
  bool load_one(Reader& data) {
    Row row{};
    if (!read<Door::log>(data, row)) return false;
    detail::load_row(view_, row);
    return true;
  }

  std::string key_;
  std::string id_;
  std::string stream_;
  Checkpoint checkpoint_;
  typename P::View view_;
  Arena scratch_;
};

/// The keys of the views of `P` that an event touches, a JSON text each, commas between. `position` answers where an
/// entity stands among those of its stream, or -1 where that is not known: then the event may be on any page up to the
/// one that its version allows, and the answer holds them all.
template <class P, class E, class Position>
void view_keys(const E& event, const Recorded& recorded, Position&& position, Bytes& out) {
  if constexpr (detail::holds<typename P::Hears, E>) {
    const auto put = [&](std::uint32_t page) {
      if (out.size() > 1) out.push(',');
      const ViewKey key{P::name, P::keyed == Keyed::once ? std::string_view{} : recorded.stream_id, page};
      write_text(out, text_of(key));
    };
    if constexpr (P::keyed == Keyed::by_page) {
      const std::int64_t at = position(P::entity(event));
      const std::int64_t last = at >= 0 ? at : recorded.version - 1;
      for (std::int64_t page = at >= 0 ? at / P::page_size : 0; page <= last / P::page_size; ++page) {
        put(static_cast<std::uint32_t>(page + 1));
      }
    } else {
      put(0);
    }
  }
}

}  // namespace crowbar
