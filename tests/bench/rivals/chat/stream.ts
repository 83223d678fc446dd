import { evolveChannel, newChannel } from "./channel.ts";
import type {
  ChannelFact,
  ChannelOrder,
  Command,
  Context,
  Decision,
  Event,
  Fact,
  UserFact,
  UserOrder,
  Verdict,
} from "./contract.ts";
import { decideChannel } from "./decideChannel.ts";
import { decideUser, evolveUser, newUser } from "./user.ts";
import { accepted, malformed, refused } from "./verdict.ts";

/** A stream's state and version, and the pure functions over them. */
export type Stream = {
  readonly name: string;
  readonly version: number;
  decide(command: Command, context: Context): Verdict;
  evolve(event: Event): void;
};

export type OpenStream = (name: string, domain: string) => Stream;

export const isUserStream = (name: string): boolean => name.startsWith("user-");
export const userOf = (stream: string): string => stream.slice("user-".length);

export const isUserOrder = (order: { readonly type: string }): order is UserOrder =>
  order.type === "register_user" || order.type === "rename_user";
export const isChannelOrder = (order: { readonly type: string }): order is ChannelOrder => !isUserOrder(order);

/** What is refused before any rule is asked; undefined when the rules decide. */
export const refusedAtTheDoor = (command: Command, stream: string, version: number): Verdict | undefined => {
  if (command.stream !== stream || isUserOrder(command) !== isUserStream(stream)) return malformed;
  if (command.expectedVersion !== undefined && command.expectedVersion !== version) return refused("version_conflict");
  return undefined;
};

/** An event of another stream, or one that leaves a gap, is the caller's fault. */
export const assertNext = (event: Event, stream: string, version: number): void => {
  if (event.stream !== stream) throw new Error(`${event.id} is of ${event.stream}, not ${stream}`);
  if (event.version !== version + 1) throw new Error(`${stream} is at ${version}, got ${event.version}`);
};

/** The stream of the rivals that have no framework. */
export const openStream: OpenStream = (name, domain) => {
  const [decide, evolve] = isUserStream(name) ? userFunctions(userOf(name)) : channelFunctions();
  let version = 0;
  return {
    name,
    get version() {
      return version;
    },
    decide(command, context) {
      const early = refusedAtTheDoor(command, name, version);
      if (early !== undefined) return early;
      const decision = decide(command, context);
      if (typeof decision === "string") return refused(decision);
      return accepted(command, context, version, decision.facts, decision.claims, domain);
    },
    evolve(event) {
      assertNext(event, name, version);
      evolve(event);
      version = event.version;
    },
  };
};

type Functions = readonly [(command: Command, context: Context) => Decision<Fact>, (event: Event) => void];

const userFunctions = (id: string): Functions => {
  const state = newUser(id);
  return [
    (command, context) => decideUser(state, command as UserOrder, context),
    (event) => void evolveUser(state, event as UserFact),
  ];
};

const channelFunctions = (): Functions => {
  const state = newChannel();
  return [
    (command, context) => decideChannel(state, command as ChannelOrder, context),
    (event) => void evolveChannel(state, event as ChannelFact, event.actor.id),
  ];
};
