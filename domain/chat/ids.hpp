// Who and what the chat names.
#pragma once

#include "kernel/envelope.hpp"

namespace crowbar::chat {

struct AnyChannel;
struct AnyMessage;
using ChannelId = Id<AnyChannel>;
using MessageId = Id<AnyMessage>;
using UserId = Id<crowbar::AnyActor>;

}  // namespace crowbar::chat
