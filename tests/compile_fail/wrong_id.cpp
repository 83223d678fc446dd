// A person's id where a message's is wanted.
#include "chat/channel/contract.hpp"

namespace crowbar::chat::channel {

DeleteMessage delete_it(UserId user, MessageId message) {
  (void)user;
  (void)message;
#if defined(WRONG)
  return {user};
#else
  return {message};
#endif
}

}  // namespace crowbar::chat::channel
