// A rule that answers with the event of another aggregate.
#include "chat/channel/aggregate.hpp"
#include "chat/user/aggregate.hpp"

namespace crowbar::chat {

channel::Decision accept() {
#if defined(WRONG)
  return user::UserRegistered{"Ada", {}};
#else
  return channel::ChannelRenamed{"lobby"};
#endif
}

}  // namespace crowbar::chat
