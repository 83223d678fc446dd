// Going over the alternatives of a variant or a tuple. std::visit calls through a table of functions; what stands here
// becomes a switch that the compiler sees through. A prototype folded faster so; here it came with other changes and
// was not measured by itself.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace crowbar {

template <class Alternatives>
struct Each;
template <template <class...> class Types, class... T>
struct Each<Types<T...>> {
  /// Calls `visit` with each type of a variant or a tuple, as std::type_identity.
  template <class Visit>
  static void all(Visit&& visit) {
    (visit(std::type_identity<T>{}), ...);
  }
};

/// Calls `use` with the alternative that `variant` holds.
template <class Use, class... T>
[[gnu::always_inline]] inline void use_alternative(const std::variant<T...>& variant, Use&& use) {
  [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    (void)((variant.index() == I && (use(*std::get_if<I>(&variant)), true)) || ...);
  }
  (std::index_sequence_for<T...>{});
}

}  // namespace crowbar
