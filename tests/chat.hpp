// Fixed names for fixed roles: who and where every specification of the chat is about.
#pragma once

#include <string>

#include "chat/channel/aggregate.hpp"
#include "chat/user/aggregate.hpp"
#include "given.hpp"
#include "repeated.hpp"

namespace crowbar::chat {

using tests::concat;
using tests::given;
using tests::History;
using tests::noon;
using tests::repeated;

inline constexpr UserId ada{"ada"};    // owns the channel general
inline constexpr UserId bob{"bob"};    // is a member of it
inline constexpr UserId cleo{"cleo"};  // is not

/// "m1", "m2" …
inline std::string numbered(std::string_view name, std::int64_t number) {
  std::string numbered(name);
  numbered += std::to_string(number);
  return numbered;
}

namespace channel {
using Channel = History<Aggregate>;
inline const Channel nothing("general");
inline const Channel general_created_by_ada = nothing.by(ada, ChannelCreated{"general", "Everything"});
inline const Channel general_with_bob = general_created_by_ada.by(bob, UserJoinedChannel{bob});
inline const Channel bob_said_hi = general_with_bob.by(bob, MessageSent{{"m1"}, "hi", {}});
inline const Channel bob_said_hi_and_left = bob_said_hi.by(bob, UserLeftChannel{bob});
inline const Channel bobs_hi_deleted = bob_said_hi.by(bob, MessageDeleted{{"m1"}});
inline const Channel archived = bob_said_hi.by(ada, ChannelArchived{});
}  // namespace channel

namespace user {
using User = History<Aggregate>;
inline const User nobody("ada");
inline const User ada_registered = nobody.by(ada, UserRegistered{"Ada", {}});
}  // namespace user

}  // namespace crowbar::chat
