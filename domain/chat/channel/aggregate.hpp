// A channel: what its rules ask of it, and the rules.
#pragma once

#include "chat/channel/contract.hpp"
#include "chat/channel/state.hpp"
#include "kernel/decision.hpp"
#include "kernel/envelope.hpp"

namespace crowbar::chat::channel {

using Decision = crowbar::Decision<Contract::Event, Rejection>;
using Context = crowbar::Context<Facts>;

struct Aggregate {
  using Contract = channel::Contract;
  using State = channel::State;
  using Facts = channel::Facts;
};

Decision decide(const CreateChannel& command, const State& state, const Context& context);
Decision decide(const RenameChannel& command, const State& state, const Context& context);
Decision decide(const DescribeChannel& command, const State& state, const Context& context);
Decision decide(const ArchiveChannel& command, const State& state, const Context& context);
Decision decide(const JoinChannel& command, const State& state, const Context& context);
Decision decide(const LeaveChannel& command, const State& state, const Context& context);
Decision decide(const SendMessage& command, const State& state, const Context& context);
Decision decide(const EditMessage& command, const State& state, const Context& context);
Decision decide(const DeleteMessage& command, const State& state, const Context& context);
Decision decide(const AddReaction& command, const State& state, const Context& context);
Decision decide(const RemoveReaction& command, const State& state, const Context& context);

void claim(Claims& claims, const ChannelCreated& event, const State& before);
void claim(Claims& claims, const ChannelRenamed& event, const State& before);
void claim(Claims& claims, const ChannelArchived& event, const State& before);

/// Its members read it, also once it is archived. Whoever has left reads it no more.
bool admits(const State& state, std::string_view stream_id, ActorId reader);

}  // namespace crowbar::chat::channel
