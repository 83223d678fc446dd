// One view of a projection: its data in memory, and what is done with it.
#pragma once

#include <memory>
#include <string>

#include "kernel/checkpoint.hpp"
#include "kernel/pages.hpp"
#include "kernel/projection.hpp"

namespace crowbar {

/// A view, kept while it is open; or all pages of one stream, each a view of its own.
class View {
 public:
  /// A key of a view by page that names none is that of all pages.
  View(const ProjectionRules& rules, const ViewKey& key);

  std::string_view key() const { return key_; }
  /// Does the view project this stream's events?
  bool hears(Text stream) const {
    return rules_->keyed == Keyed::once ? is_stream_of(stream, rules_->aggregate) : same(stream, stream_);
  }

  bool is_pages() const { return pages_ != nullptr; }

  /// Projects stored events (NDJSON). What is at or below the checkpoint, or concerns other views, passes by. At a gap
  /// the fault names the version that is missing; what stood before it has been projected.
  Fault project(Text events);

  /// Says that nothing up to `version` of `stream` concerns this view: a page begins where the one before is full. All
  /// pages go on after it, and never back.
  void begin_after(Text stream, std::int64_t version);

  /// Takes over a stored view, which `reader` has read to `envelope`; false, with a fault, where it cannot be.
  bool load(Reader& reader, const ViewEnvelope& envelope);

  /// Takes over stored pages of the stream, one after the other up to the last; any may be the first. Each passes by
  /// what is in it; where all go on after, `begin_after` says. What is not taken over whole is not to be used.
  Fault load_pages(Text stored);

  /// Writes the canonical bytes of the whole view; of all pages, of the page `page`. False where there is no such page.
  bool write(std::uint32_t page, Text domain, Bytes& out);
  void write_checkpoint(Bytes& out) const;
  /// Writes the numbers of the pages that were touched since the last time, in order, as a JSON list.
  void write_touched(Bytes& out);

 private:
  bool project_next(Reader& reader);
  bool load_data(void* view, std::uint32_t& rows, Reader& data);
  void* take_page(Reader& reader, Text key, std::int64_t version);
  bool holds(Reader& reader, std::uint32_t rows);
  void write_view(const void* view, Text key, Text domain, Bytes& out) const;
  std::string_view id() const { return std::string_view(stream_).substr(rules_->aggregate.size() + 1); }

  const ProjectionRules* rules_;
  std::unique_ptr<void, void (*)(void*)> view_;  // null where there are pages
  std::unique_ptr<Pages> pages_;
  std::string key_;
  std::string stream_;
  Checkpoint checkpoint_;
  Arena scratch_;
};

}  // namespace crowbar
