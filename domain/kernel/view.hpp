// One view of a projection: its data in memory, and what is done with it.
#pragma once

#include <memory>
#include <string>

#include "kernel/checkpoint.hpp"
#include "kernel/projection.hpp"

namespace crowbar {

/// A view, kept while it is open.
class View {
 public:
  View(const ProjectionRules& rules, const ViewKey& key);

  std::string_view key() const { return key_; }
  /// Does the view project this stream's events?
  bool hears(std::string_view stream) const {
    return rules_->keyed == Keyed::once ? is_stream_of(stream, rules_->aggregate) : same(stream, stream_);
  }

  /// Projects stored events (NDJSON). What is at or below the checkpoint, or concerns other views, passes by. At a gap
  /// the fault names the version that is missing; what stood before it has been projected.
  Fault project(std::string_view events);

  /// Says that nothing up to `version` of `stream` concerns this view: a page begins where the one before is full.
  void begin_after(std::string_view stream, std::int64_t version);

  /// Takes over a stored view, which `reader` has read to `envelope`; false, with a fault, where it cannot be.
  bool load(Reader& reader, const ViewEnvelope& envelope);

  /// The canonical bytes of the whole view.
  void write(std::string_view domain, Bytes& out) const;
  void write_checkpoint(Bytes& out) const;

 private:
  bool project_next(Reader& reader);
  bool load_data(Reader& data);

  const ProjectionRules* rules_;
  std::unique_ptr<void, void (*)(void*)> view_;
  std::string key_;
  std::string stream_;
  Checkpoint checkpoint_;
  Arena scratch_;
};

}  // namespace crowbar
