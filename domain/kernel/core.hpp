// The whole of one context behind numbers and bytes: what the module exports, what native programs and tests call.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "kernel/snapshot.hpp"
#include "kernel/stream.hpp"
#include "kernel/view.hpp"

namespace crowbar {

/// A handle: the number of an open stream or view. 0 is none. A closed number comes back as another handle.
using Handle = std::uint32_t;

/// The runtime of a context.
///
/// Every function that can refuse answers false (or 0 for a handle) and leaves
/// `{"code","message","pointer"?,"params"?}` in `out()`; else `out()` holds its answer, until the next call.
class Runtime {
 public:
  Runtime(std::span<const Rules* const> aggregates, std::span<const ProjectionRules* const> projections, Text domain)
      : aggregates_(aggregates), projections_(projections) {
    set_domain(domain);
  }

  /// The sha-256 of the module in hex, which stands in every event and view. A module cannot hash itself.
  void set_domain(Text domain) { domain_ = domain.empty() ? std::string(64, '0') : std::string(domain); }
  std::string_view out() const { return out_.view(); }

  // ---- streams

  /// Opens the stream of an aggregate, in which nothing has happened yet. Refused where there is no such aggregate, or
  /// the stream's name is not `<aggregate>-<id>`.
  Handle open(Text aggregate, Text stream);
  bool fold(Handle handle, Text events);
  bool apply(Handle handle, Text verdict);
  /// Writes the verdict; a malformed command or context is a verdict too.
  bool decide(Handle handle, Text command, Text context);
  /// The same in the circumstances of the last decision from text.
  bool decide_again(Handle handle, Text command);
  bool decide_many(Handle handle, Text commands, Text context);
  /// The same for a command that comes as its fields, in the circumstances `context`, or where that is empty in those
  /// of the last decision, of which only the moment is another.
  bool decide_fields(Handle handle, const CommandFields& command, Text context);
  /// The version of the stream, or -1 for a handle that is not open.
  std::int64_t version(Handle handle);
  /// Writes the claims that the stream holds, a JSON list of keys.
  bool claims(Handle handle);
  /// Writes `true` where this person may read the stream as it is, else `false`.
  bool admits(Handle handle, Text actor);
  /// Writes the whole state, for this module alone to take up again.
  bool snapshot(Handle handle);
  /// Opens the stream of a snapshot with its state and writes the stream's name.
  Handle restore(Text bytes);

  // ---- views

  /// Opens the empty view of a key.
  Handle view(Text key);
  /// Opens a stored view.
  Handle load_view(Text bytes);
  /// Opens all pages of one stream at once, by a key without its page (`messages/general`); `stored` are pages (NDJSON)
  /// to go on from, one after the other up to the last, of which any may be the first. They hear the stream from its
  /// first event, or after the version that `begin_after` says, and each passes by what is in it. What happens to an
  /// entity of a page before the first is refused (`page_missing`).
  Handle pages(Text key, Text stored);
  bool project(Handle handle, Text events);
  /// Says that nothing up to `version` of `stream` concerns the view.
  bool begin_after(Handle handle, Text stream, std::int64_t version);
  /// Writes the view; where pages are open together, the one of that number.
  bool view_bytes(Handle handle, std::uint32_t page = 0);
  /// Writes the numbers of the pages that have changed since it was asked last, a JSON list in their order.
  bool touched(Handle handle);
  bool view_checkpoint(Handle handle);
  bool view_key(Handle handle);
  /// Writes the keys of the views that a stored event touches, a JSON list. `handle` may be an open stream that has
  /// folded the event, or 0: without it the answer names every page on which the event's message may be, as long as
  /// those are at most 1,000.
  bool view_keys(Handle handle, Text event);

  // ---- both

  bool close(Handle handle);
  /// Is `input` JSON, as strictly as every door reads it?
  bool check(Text input);

 private:
  struct Place {
    std::uint32_t generation = 0;
    std::unique_ptr<Stream> stream;
    std::unique_ptr<View> view;
  };

  const Rules* find_aggregate(Text name) const;
  void decide_on(Stream& open, Text command);
  [[gnu::noinline]] Place* free_place(Handle& handle);
  [[gnu::noinline]] Place* find(Handle handle);
  [[gnu::noinline]] Stream* stream(Handle handle);
  [[gnu::noinline]] View* view_of(Handle handle);
  Handle keep(std::unique_ptr<Stream> stream);
  std::unique_ptr<View> make_view(Text key, bool all_pages = false);
  Handle keep(std::unique_ptr<View> view);
  [[gnu::noinline]] bool answer(const Fault& fault);
  [[gnu::noinline]] bool refuse(FaultCode code, Text name);

  std::span<const Rules* const> aggregates_;
  std::span<const ProjectionRules* const> projections_;
  std::string domain_;
  Bytes out_;
  ContextReader context_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> free_;
};

namespace detail {
template <class Aggregates>
struct RulesOf;
template <class... A>
struct RulesOf<std::tuple<A...>> {
  static constexpr std::array<const Rules*, sizeof...(A)> all{&rules_of<A>...};
};
template <class Projections>
struct ProjectionsOf;
template <class... P>
struct ProjectionsOf<std::tuple<P...>> {
  static constexpr std::array<const ProjectionRules*, sizeof...(P)> all{&projection_of<P>...};
};
}  // namespace detail

/// The runtime of the context `C`, which names its aggregates and projections (generated from the folders).
template <class C>
class Core : public Runtime {
 public:
  explicit Core(Text domain = {})
      : Runtime(detail::RulesOf<typename C::Aggregates>::all, detail::ProjectionsOf<typename C::Projections>::all,
                domain) {}
};

}  // namespace crowbar
