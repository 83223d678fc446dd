#include "kernel/copy.hpp"

namespace crowbar::detail {

bool same_bytes(const char* a, const char* b, std::size_t size) {
#if defined(CROWBAR_BLOCKS)
  if (size >= 16) {
    const char* const last = a + (size - 16);
    for (; a < last; a += 16, b += 16) {
      if (!scan::Block::load(a).equals(scan::Block::load(b))) return false;
    }
    return scan::Block::load(last).equals(scan::Block::load(b - (a - last)));
  }
#endif
  return same_inline(a, b, size);
}

void copy_bytes(char* to, const char* from, std::size_t size) {
#if defined(CROWBAR_BLOCKS)
  if (size > 256) {
    std::memcpy(to, from, size);
    return;
  }
  if (size >= 16) {
    const scan::Block last = scan::Block::load(from + (size - 16));
    char* const last_to = to + (size - 16);
    for (; to < last_to; to += 16, from += 16) scan::Block::load(from).store(to);
    return last.store(last_to);
  }
#endif
  copy_inline(to, from, size);
}

}  // namespace crowbar::detail
