// The pages of one stream, all open at once: what happens to an entity goes to the page on which it stands.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kernel/interner.hpp"
#include "kernel/writer.hpp"

namespace crowbar {

struct Fault;
struct ProjectionRules;

/// Entities by order of their beginning, so many a page, and the views of those pages.
class Pages {
 public:
  explicit Pages(const ProjectionRules& rules) : rules_(&rules) {}
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  /// The view that an event about `entity` changes, or null where it changes none: it is in the stored bytes already,
  /// or the entity has begun before (`begins`), or has not (else). The view's page counts as touched.
  void* route(Text entity, bool begins, std::int64_t version);
  /// Was the last event about an entity of a page before the first one that was taken over? Then `fault` says so.
  bool missed(Fault& fault);

  /// Takes over the page `number`, stored when everything up to `version` was in it. Answers the view to load, or null
  /// where the page is not the one after those that are here, or these are not full.
  void* take(std::uint32_t number, std::int64_t version);
  /// The next stored row of the page that was taken over last is about `entity`.
  void hold(Text entity) { entities_.add(entity); }
  /// Is every page full but the last, which holds `rows` entities?
  bool holds(std::uint32_t rows) const;
  /// The number of the page that comes next.
  std::uint32_t next() const { return first_ + static_cast<std::uint32_t>(pages_.size()); }

  struct Page {
    void* view;
    std::int64_t stored;  ///< everything up to this version was in the bytes that were taken over; 0 for a new page
    bool touched;
  };
  /// The page `number`, or null.
  const Page* find(std::uint32_t number) const;
  /// Writes the numbers of the pages that were touched since the last time, in order, as a JSON list; forgets them.
  void write_touched(Bytes& out);

 private:
  Page& open(std::int64_t stored);

  const ProjectionRules* rules_;
  Interner entities_;
  std::vector<Page> pages_;
  std::vector<std::uint32_t> touched_;
  std::string_view missed_;
  std::uint32_t first_ = 1;
};

}  // namespace crowbar
