// Somebody else's program: one command, made from its record, decided, and its event read back.
#include <iostream>

#include "json/json.hpp"
#include "kernel/core.hpp"
#include "registry/chat.hpp"

int main() {
  using crowbar::chat::channel::ChannelCreated;
  using crowbar::chat::channel::CreateChannel;

  const nlohmann::ordered_json command{{"id", "01900000-0000-7000-8000-000000000001"},
                                       {"stream", "channel-general"},
                                       {"type", crowbar::description<CreateChannel>.name},
                                       {"data", CreateChannel{"general", "Everything else"}}};
  const nlohmann::ordered_json context{{"at", 1700000000000}, {"actor", {{"id", "ada"}}}};

  crowbar::Core<crowbar::registry::chat> core;
  const crowbar::Handle general = core.open("channel", "channel-general");
  if (!core.decide(general, command.dump(), context.dump())) return 1;
  std::cout << core.out() << '\n';

  const auto verdict = nlohmann::json::parse(core.out());
  crowbar::Owned<ChannelCreated> created;
  if (created.read(verdict.at("events").at(0).at("data"), crowbar::Door::log)) return 2;
  return created->name == "general" ? 0 : 3;
}
