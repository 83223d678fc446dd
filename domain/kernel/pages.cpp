#include "kernel/pages.hpp"

#include "kernel/projection.hpp"

namespace crowbar {

Pages::~Pages() {
  for (const Page& page : pages_) rules_->destroy(page.view);
}

Pages::Page& Pages::open(std::int64_t stored) {
  void* const view = rules_->make(next());
  rules_->begin_here(view);
  return pages_.emplace_back(Page{view, stored, false});
}

void* Pages::route(Text entity, bool begins, std::int64_t version) {
  const std::uint32_t known = entities_.size();
  // What is not here may be of a page before the first. What begins may be so, too, where that page was stored later.
  const bool earlier = first_ > 1 && (!begins || version <= pages_.front().stored);
  const std::uint32_t number = begins && !earlier ? entities_.add(entity) : entities_.find(entity);
  if (number == Interner::none && earlier) missed_ = entity;
  if (number == Interner::none || (begins && number < known)) return nullptr;
  const std::uint32_t index = number / rules_->page_size;
  Page& page = index < pages_.size() ? pages_[index] : open(0);
  if (version <= page.stored) return nullptr;
  if (!page.touched) {
    page.touched = true;
    touched_.push_back(index);
    // Kept in order by hand, most are the last page: a library's sort or insert is 2 KB in the module.
    for (std::size_t at = touched_.size() - 1; at > 0 && touched_[at - 1] > index; --at) {
      touched_[at] = touched_[at - 1];
      touched_[at - 1] = index;
    }
  }
  return page.view;
}

bool Pages::missed(Fault& fault) {
  if (missed_.data() == nullptr) return false;
  fault.code = FaultCode::page_missing;
  fault.name = missed_;
  fault.limit = first_;
  missed_ = {};
  return true;
}

void* Pages::take(std::uint32_t number, std::int64_t version) {
  if (pages_.empty()) first_ = number;
  if (number != next() || entities_.size() != pages_.size() * rules_->page_size) return nullptr;
  return open(version).view;
}

bool Pages::holds(std::uint32_t rows) const {
  return rows <= rules_->page_size && entities_.size() == (pages_.size() - 1) * rules_->page_size + rows;
}

const Pages::Page* Pages::find(std::uint32_t number) const {
  return number >= first_ && number < next() ? &pages_[number - first_] : nullptr;
}

void Pages::write_touched(Bytes& out) {
  out.push('[');
  for (const std::uint32_t index : touched_) {
    if (out.size() > 1) out.push(',');
    write_integer(out, first_ + index);
    pages_[index].touched = false;
  }
  out.push(']');
  touched_.clear();
}

}  // namespace crowbar
