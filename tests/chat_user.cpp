// What people call themselves.
#include "chat.hpp"

namespace crowbar::chat::user {
namespace {

constexpr Reason name_out_of_bounds{"/data/name", 80};

// What no name may be, whatever the command.
std::vector<std::string> bad_names() {
  return {"",         " ",       "\t\n",     "\u200B",  "\u00AD",          "\u2800",
          "\u3164",   "a\nb",    "a\tb",     "a\x01",   "a\x7F",           "a\u0085b",
          "a\u202Eb", "\u202Aa", "a\u2066b", "a\u2069", repeated("x", 81), repeated("\U0001F600", 81)};
}

}  // namespace

// ---- register_user

TEST_CASE("a person gives themselves a name", "[chat][user][register_user]") {
  given(nobody).when(ada, RegisterUser{"Ada", {}}).then(UserRegistered{"Ada", {}}).claiming({});
  given(nobody).when(ada, RegisterUser{"Ada", "ada@example.org"}).then(UserRegistered{"Ada", "ada@example.org"});
}

TEST_CASE("a name is 1 to 80 code points after trimming", "[chat][user][register_user]") {
  const std::string longest = repeated("\U0001F600", 80);
  given(nobody).when(ada, RegisterUser{"A", {}}).then(UserRegistered{"A", {}});
  given(nobody).when(ada, RegisterUser{longest, {}}).then(UserRegistered{longest, {}});
  given(nobody).when(ada, RegisterUser{" \n" + longest + "\uFEFF ", {}}).then(UserRegistered{longest, {}});
  given(nobody).when(ada, RegisterUser{"\u00A0Ada  Lovelace\t", {}}).then(UserRegistered{"Ada  Lovelace", {}});
}

TEST_CASE("a name is what a person can see, without what turns the text around it", "[chat][user][register_user]") {
  for (const char* name : {"\u0410\u0434\u0430", "\u05E2\u05D3\u05D4", "\u30A2\u30C0", "O'Brien", "\u200Fa", "a\u2028b",
                           "\U0001F468\u200D\U0001F469\u200D\U0001F467"}) {
    given(nobody).when(ada, RegisterUser{name, {}}).then(UserRegistered{name, {}});
  }
  for (const std::string& name : bad_names()) {
    given(nobody).when(ada, RegisterUser{name, {}}).rejected(Rejection::user_name_invalid, name_out_of_bounds);
  }
}

TEST_CASE("an e-mail address has the form of one", "[chat][user][register_user]") {
  const std::string local = repeated("l", 64);
  const std::string domain = concat(repeated("d", 63), ".", repeated("e", 63), ".", repeated("f", 61));
  for (const std::string& email :
       {std::string("a@b.c"), std::string("a.b+c@d-e.org"), std::string("!#$%&'*+-/=?^_`{|}~@x.y"),
        std::string("A@B.C"), std::string("1@2.3"), local + "@x.y", local + "@" + domain}) {
    given(nobody).when(ada, RegisterUser{"Ada", email}).then(UserRegistered{"Ada", email});
  }
  CHECK((local + "@" + domain).size() == 254);
  for (const std::string& email :
       {std::string(""),           std::string("a"),         std::string("a@b"),         std::string("@b.c"),
        std::string("a@"),         std::string("a@@b.c"),    std::string("a@b@c.d"),     std::string(".a@b.c"),
        std::string("a.@b.c"),     std::string("a..b@c.d"),  std::string("a@.b.c"),      std::string("a@b..c"),
        std::string("a@b.c."),     std::string("a@-b.c"),    std::string("a@b-.c"),      std::string("a@b.-c"),
        std::string("a@b_c.d"),    std::string("a b@c.d"),   std::string(" a@b.c"),      std::string("a@b.c "),
        std::string("a@b.c\n"),    std::string("\"a\"@b.c"), std::string("a@[1.2.3.4]"), std::string("\u00E9@b.c"),
        std::string("a@\u00E9.c"), std::string("a(b)@c.d"),  "l" + local + "@x.y",       local + "@" + domain + "f"}) {
    given(nobody).when(ada, RegisterUser{"Ada", email}).rejected(Rejection::email_invalid, Reason{"/data/email"});
  }
}

TEST_CASE("a person is registered once, however they ask", "[chat][user][register_user]") {
  given(ada_registered).when(ada, RegisterUser{"Ada", {}}).rejected(Rejection::user_already_registered);
  given(ada_registered).when(ada, RegisterUser{"", "no"}).rejected(Rejection::user_already_registered);
}

TEST_CASE("registering is asked in order: who, whether already, name, e-mail", "[chat][user][register_user]") {
  given(nobody).when(bob, RegisterUser{"", "no"}).rejected(Rejection::not_yourself);
  given(ada_registered).when(bob, RegisterUser{"Ada", {}}).rejected(Rejection::not_yourself);
  given(nobody).when(ada, RegisterUser{"", "no"}).rejected(Rejection::user_name_invalid);
  given(nobody).when({"ADA"}, RegisterUser{"Ada", {}}).rejected(Rejection::not_yourself);
}

// ---- rename_user

TEST_CASE("a person gives themselves another name", "[chat][user][rename_user]") {
  given(ada_registered).when(ada, RenameUser{" Countess "}).then(UserRenamed{"Countess"});
  given(ada_registered).when(ada, RenameUser{"ada"}).then(UserRenamed{"ada"});
}

TEST_CASE("the same name again changes nothing", "[chat][user][rename_user]") {
  given(ada_registered).when(ada, RenameUser{"Ada"}).unchanged();
  given(ada_registered).when(ada, RenameUser{" Ada\u200B"}).unchanged();
  const User renamed = ada_registered.by(ada, UserRenamed{"Countess"});
  given(renamed).when(ada, RenameUser{"Countess"}).unchanged();
  given(renamed).when(ada, RenameUser{"Ada"}).then(UserRenamed{"Ada"});
}

TEST_CASE("renaming is refused, and asked in order", "[chat][user][rename_user]") {
  given(nobody).when(bob, RenameUser{""}).rejected(Rejection::not_yourself);
  given(ada_registered).when(bob, RenameUser{"Ada"}).rejected(Rejection::not_yourself);
  given(nobody).when(ada, RenameUser{""}).rejected(Rejection::user_not_registered);
  for (const std::string& name : bad_names()) {
    given(ada_registered).when(ada, RenameUser{name}).rejected(Rejection::user_name_invalid, name_out_of_bounds);
  }
}

// ---- who reads it

TEST_CASE("a person's stream admits them alone, registered or not", "[chat][user][admits]") {
  for (const User& user : {nobody, ada_registered}) {
    const State state = user.state();
    CHECK(admits(state, user.id(), {"ada"}));
    for (const char* other : {"bob", "ADA", "Ada", "ad", "adaa", ""}) CHECK_FALSE(admits(state, user.id(), {other}));
  }
}

}  // namespace crowbar::chat::user
