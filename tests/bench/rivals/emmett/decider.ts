import {
  type Decider,
  type Command as EmmettCommand,
  type Event as EmmettEvent,
  IllegalStateError,
} from "@event-driven-io/emmett";
import { evolveChannel, newChannel } from "../chat/channel.ts";
import type {
  Actor,
  ChannelFact,
  ChannelOrder,
  Claim,
  Command,
  Context,
  Decision,
  Fact,
  Order,
  UserFact,
  UserOrder,
} from "../chat/contract.ts";
import { decideChannel } from "../chat/decideChannel.ts";
import { isUserStream, userOf } from "../chat/stream.ts";
import { decideUser, evolveUser, newUser } from "../chat/user.ts";

type Asked = { readonly now: Date } & Context;
type Known = { readonly actor: Actor; readonly at: number; readonly claims?: readonly Claim[] };

type CommandOf<O extends Order> = O extends Order ? EmmettCommand<O["type"], O["data"], Asked> : never;
type EventOf<F extends Fact> = F extends Fact ? EmmettEvent<F["type"], F["data"], Known> : never;

export type ChatCommand = CommandOf<Order>;
export type ChatEvent = EventOf<Fact>;
export type ChatDecider = Decider<unknown, ChatCommand, ChatEvent>;

/** Emmett's deciders refuse by throwing; the message carries the code (a subclass loses its prototype in EmmettError). */
const rejected = (code: string): IllegalStateError => new IllegalStateError(code);

const decided = (decision: Decision<Fact>, { at, actor }: Asked): ChatEvent[] => {
  if (typeof decision === "string") throw rejected(decision);
  const { facts, claims } = decision;
  const known = { at, actor: { id: actor.id, roles: actor.roles ?? [] }, ...(claims === undefined ? {} : { claims }) };
  return facts.map(({ type, data }) => ({ type, data, metadata: known }) as ChatEvent);
};

const channelDecider: Decider<ReturnType<typeof newChannel>, CommandOf<ChannelOrder>, EventOf<ChannelFact>> = {
  initialState: newChannel,
  decide: (command, state) =>
    decided(decideChannel(state, command, command.metadata), command.metadata) as EventOf<ChannelFact>[],
  evolve: (state, event) => evolveChannel(state, event, event.metadata.actor.id),
};

const userDecider = (id: string): Decider<ReturnType<typeof newUser>, CommandOf<UserOrder>, EventOf<UserFact>> => ({
  initialState: () => newUser(id),
  decide: (command, state) =>
    decided(decideUser(state, command, command.metadata), command.metadata) as EventOf<UserFact>[],
  evolve: (state, event) => evolveUser(state, event),
});

/** The decider of a stream's aggregate. */
export const deciderOf = (stream: string): ChatDecider =>
  (isUserStream(stream) ? userDecider(userOf(stream)) : channelDecider) as ChatDecider;

export const commandOf = ({ type, data }: Command, { at, actor, facts }: Context): ChatCommand =>
  ({ kind: "Command", type, data, metadata: { now: new Date(at), at, actor, facts } }) as ChatCommand;
