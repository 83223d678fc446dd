// A rule that answers with the rejection of another aggregate.
#include "chat/channel/aggregate.hpp"
#include "chat/user/aggregate.hpp"

namespace crowbar::chat {

channel::Decision refuse() {
#if defined(WRONG)
  return user::Rejection::not_yourself;
#else
  return channel::Rejection::not_a_member;
#endif
}

}  // namespace crowbar::chat
