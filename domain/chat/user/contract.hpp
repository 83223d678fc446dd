// What is said to a user's stream and what happened in it. The names in quotes are stored for ever: never rename,
// retype or remove one; a new shape of an event gets the next schema number and an upcast from the one before.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <variant>

#include "chat/ids.hpp"
#include "kernel/decision.hpp"
#include "kernel/description.hpp"

namespace crowbar::chat::user {

inline constexpr std::uint32_t longest_name = 80;
inline constexpr std::uint32_t longest_email = 254;  // RFC 5321, 4.5.3.1.3, less the angle brackets

struct RegisterUser {
  std::string_view name;
  std::optional<std::string_view> email;
  static constexpr auto describe() {
    return record<RegisterUser>("register_user", "Give oneself a name.",
                                field("name", &RegisterUser::name, text(1, longest_name), "trimmed"),
                                field("email", &RegisterUser::email, text(3, longest_email), "an address"));
  }
};

struct RenameUser {
  std::string_view name;
  static constexpr auto describe() {
    return record<RenameUser>("rename_user", "Give oneself another name.",
                              field("name", &RenameUser::name, text(1, longest_name), "trimmed"));
  }
};

struct UserRegistered {
  std::string_view name;
  std::optional<std::string_view> email;
  static constexpr auto describe() {
    return record<UserRegistered>("user_registered", "Somebody gave themselves a name.",
                                  field("name", &UserRegistered::name, "trimmed"),
                                  field("email", &UserRegistered::email, "an address"));
  }
};

struct UserRenamed {
  std::string_view name;
  static constexpr auto describe() {
    return record<UserRenamed>("user_renamed", "Somebody gave themselves another name.",
                               field("name", &UserRenamed::name, "trimmed"));
  }
};

enum class Rejection : std::uint8_t {
  not_yourself,
  user_already_registered,
  user_not_registered,
  user_name_invalid,
  email_invalid,
};

inline constexpr std::array<RejectionDescription<Rejection>, 5> rejections{{
    {Rejection::not_yourself, "not_yourself", Outcome::forbidden, "{actor} may not speak for {stream}."},
    {Rejection::user_already_registered, "user_already_registered", Outcome::rejected, "{stream} has a name already."},
    {Rejection::user_not_registered, "user_not_registered", Outcome::rejected, "{stream} is not registered."},
    {Rejection::user_name_invalid, "user_name_invalid", Outcome::rejected,
     "A name is 1 to {limit} characters that can be seen, without controls or marks that turn the text around."},
    {Rejection::email_invalid, "email_invalid", Outcome::rejected, "This is no e-mail address."},
}};
constexpr const RejectionDescription<Rejection>& describe(Rejection rejection) {
  return rejections[static_cast<std::size_t>(rejection)];
}

/// A user's rules ask the server nothing.
struct Facts {
  static constexpr auto describe() { return record<Facts>("facts", "Nothing."); }
};

struct Contract {
  static constexpr std::string_view name = "user";
  static constexpr std::string_view meaning = "A person and what they call themselves.";
  using Command = std::variant<RegisterUser, RenameUser>;
  using Event = std::variant<UserRegistered, UserRenamed>;
  using Earlier = std::tuple<>;
  using Rejection = user::Rejection;
};

}  // namespace crowbar::chat::user
