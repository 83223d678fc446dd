// The channel in which the fuzz targets begin: two members, two messages, reactions; and what is claimed of a core.
#pragma once

#include <string>
#include <string_view>

#include "claim.hpp"
#include "kernel/core.hpp"
#include "registry/chat.hpp"

namespace crowbar::fuzz {

using Chat = Core<registry::chat>;

inline std::string event(int version, std::string_view type, std::string_view actor, std::string_view data,
                         int schema = 1) {
  std::string line = R"({"id":"018df4c1-4800-7000-8000-000000000001.0","stream":"channel-general","version":)";
  line += std::to_string(version);
  ((line += R"(,"type":")") += type) += R"(","schema":)";
  line += std::to_string(schema);
  ((line += R"(,"at":1709208000000,"actor":{"id":")") += actor) += R"(","roles":[]},"command":"","domain":"","data":)";
  return (line += data) += "}\n";
}

inline const std::string& general() {
  static const std::string general =
      event(1, "channel_created", "ada", R"({"name":"general","description":"Everything"})", 2) +
      event(2, "user_joined_channel", "bob", R"({"userId":"bob"})") +
      event(3, "message_sent", "bob", R"({"messageId":"m1","text":"hi"})") +
      event(4, "message_sent", "ada", R"({"messageId":"m2","text":"ho","replyTo":"m1"})") +
      event(5, "reaction_added", "ada", "{\"messageId\":\"m1\",\"emoji\":\"\U0001F44D\"}");
  return general;
}

inline std::string out_of(const Chat& core) { return std::string(core.out()); }

/// Whatever a core answers in text is JSON.
inline void claim_json(Chat& core) {
  const std::string said = out_of(core);
  claim(core.check(said), "what the core says is JSON", said);
}
inline std::string state_of(Chat& core, Handle handle) {
  claim(core.snapshot(handle), "an open stream has a snapshot");
  return out_of(core);
}

}  // namespace crowbar::fuzz
