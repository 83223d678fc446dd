// Who may read a stream where its aggregate says nothing of it, or lets in everybody.
#include <catch2/catch.hpp>

#include "kernel/stream.hpp"

namespace crowbar::tests {
namespace {

struct Shut {
  static constexpr auto describe() { return record<Shut>("shut", "Shut it."); }
};
struct WasShut {
  static constexpr auto describe() { return record<WasShut>("was_shut", "It is shut."); }
};
enum class Rejection : std::uint8_t { stuck };
inline constexpr std::array<RejectionDescription<Rejection>, 1> rejections{
    {{Rejection::stuck, "stuck", Outcome::rejected, "It is stuck."}}};
constexpr const RejectionDescription<Rejection>& describe(Rejection) { return rejections[0]; }
struct Facts {
  static constexpr auto describe() { return record<Facts>("facts", "Nothing."); }
};
struct Contract {
  static constexpr std::string_view name = "door";
  using Command = std::variant<Shut>;
  using Event = std::variant<WasShut>;
  using Earlier = std::tuple<>;
  using Rejection = tests::Rejection;
};
struct Silent {};
struct Open {};

template <class S>
struct Door {
  using Contract = tests::Contract;
  using State = S;
  using Facts = tests::Facts;
};
template <class S>
Decision<Contract::Event, Rejection> decide(const Shut&, const S&, const Context<Facts>&) {
  return WasShut{};
}
template <class S>
void evolve(S&, const WasShut&, const Recorded&) {}
template <class Io, class S>
void archive(Io&, S&) {}
template <class S>
bool consistent(const S&) {
  return true;
}
bool admits(const Open&, std::string_view, ActorId) { return true; }

}  // namespace

TEST_CASE("an aggregate that does not say who may read it admits nobody", "[admits]") {
  const Stream silent(rules_of<Door<Silent>>, "door-ada");
  for (const char* actor : {"ada", "bob", ""}) CHECK_FALSE(silent.admits(actor));
}

TEST_CASE("one that admits everybody still admits nobody without an id", "[admits]") {
  const Stream open(rules_of<Door<Open>>, "door-ada");
  for (const char* actor : {"ada", "bob", "__proto__"}) CHECK(open.admits(actor));
  for (const char* actor : {"", " ", "a b", "-a", "\u00E9", "ada\n"}) CHECK_FALSE(open.admits(actor));
}

}  // namespace crowbar::tests
