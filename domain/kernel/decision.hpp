// What a rule answers: the events that follow, or the one reason why none do.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/fault.hpp"
#include "kernel/value.hpp"

namespace crowbar {

/// Who acts.
struct Actor;

/// What a rejection's sentence names: at most two numbers, and where the value stands in the command.
struct Reason {
  std::string_view pointer;  ///< JSON pointer into the command, such as "/data/text"; empty where no member is meant
  std::int64_t limit = -1;   ///< -1: not named
  std::int64_t actual = -1;
};

/// What the catalogue says of one rejection. The sentence may hold {limit}, {actual}, {stream} and {actor}.
template <class Rejection>
struct RejectionDescription {
  Rejection rejection;
  std::string_view code;
  Outcome outcome;
  std::string_view sentence;
};

namespace detail {
template <class Rejection>
constexpr bool is_described(std::size_t number) {
  const auto rejection = static_cast<Rejection>(number);
  return describe(rejection).rejection == rejection;
}
// Is there a rejection of this number? A constant expression cannot read beyond the catalogue, so asking is safe.
template <class Rejection, std::size_t I>
concept Catalogued = requires {
  typename std::bool_constant<is_described<Rejection>(I)>;
};
}  // namespace detail

/// Calls `visit` with what the catalogue says of each rejection, in the order of the enum.
template <class Rejection, std::size_t I = 0, class Visit>
void each_rejection(Visit&& visit) {
  if constexpr (detail::Catalogued<Rejection, I>) {
    static_assert(detail::is_described<Rejection>(I), "rejections stand in the order of their enum");
    visit(describe(static_cast<Rejection>(I)));
    each_rejection<Rejection, I + 1>(visit);
  }
}

/// "Already so": accepted, and no event follows.
struct Unchanged {};
constexpr Unchanged unchanged() { return {}; }

/// Accepted with events, or rejected with a reason. Implicit, so that a rule reads `return Rejection::not_a_member;`.
template <class Event, class Rejection>
class Decision {
 public:
  // Called, not inlined: a rule has a dozen reasons to say no, and each would bring a copy.
  [[gnu::noinline]] Decision(Unchanged) {}         // NOLINT(google-explicit-constructor)
  [[gnu::noinline]] Decision(Rejection rejection)  // NOLINT(google-explicit-constructor)
      : accepted_(false), rejection_(rejection) {}
  [[gnu::noinline]] Decision(Rejection rejection, const Reason& reason)
      : accepted_(false), rejection_(rejection), reason_(reason) {}
  template <class E>
  requires std::constructible_from<Event, E> Decision(E event)
      : count_(1), first_(std::move(event)) {}  // NOLINT(google-explicit-constructor)

  /// One more event, after the first.
  template <class E>
  Decision&& and_then(E event) && {
    if (count_++ == 0) {
      first_ = std::move(event);
    } else {
      more_.push_back(std::move(event));
    }
    return std::move(*this);
  }

  bool accepted() const { return accepted_; }
  Rejection rejection() const { return rejection_; }
  const Reason& reason() const { return reason_; }
  std::uint32_t size() const { return count_; }
  const Event& operator[](std::uint32_t index) const { return index == 0 ? first_ : more_[index - 1]; }

 private:
  bool accepted_ = true;
  Rejection rejection_{};
  Reason reason_;
  std::uint32_t count_ = 0;
  Event first_;
  std::vector<Event> more_;
};

/// What must be unique beyond one stream. The store takes and gives back claims in the transaction of the append; the
/// verdict says which, and which rejection it means when another stream holds the key.
struct Claim {
  bool take;
  std::string_view space;      ///< what kind of name, such as "channel-name"
  std::string_view name;       ///< the key is `<space>:<name>`
  std::string_view rejection;  ///< the code that a refused claim answers
};

/// The claims of one event, at most two.
class Claims {
 public:
  void take(Text space, Text name, Text rejection) { claims_[size_++] = {true, space, name, rejection}; }
  void release(Text space, Text name) { claims_[size_++] = {false, space, name, {}}; }
  const Claim* begin() const { return claims_.data(); }
  const Claim* end() const { return claims_.data() + size_; }

 private:
  std::array<Claim, 2> claims_{};
  std::size_t size_ = 0;
};

}  // namespace crowbar
