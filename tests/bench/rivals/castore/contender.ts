import { Command as CastoreCommand, tuple } from "@castore/core";
import type { Open, Store } from "../../contender.ts";
import { type Channel, newChannel } from "../chat/channel.ts";
import { contendInFolding } from "../chat/contend.ts";
import type { ChannelOrder, Command, Context, Decision, Event, Fact, UserOrder, Verdict } from "../chat/contract.ts";
import { decideChannel } from "../chat/decideChannel.ts";
import { assertNext, isUserStream, type OpenStream, refusedAtTheDoor, userOf } from "../chat/stream.ts";
import { decideUser, newUser, type User } from "../chat/user.ts";
import { accepted, refused } from "../chat/verdict.ts";
// Castore's own zod package wants zod 3 and gives types only: shapes are checked with zod 4 at the door.
import { validator } from "../zod/validator.ts";
import { type ChatAggregate, type ChatStore, type Detail, openEventStore } from "./eventStores.ts";

const decisionOn = (aggregate: ChatAggregate | undefined, command: Command, context: Context): Decision<Fact> => {
  const state = aggregate?.state;
  return isUserStream(command.stream)
    ? decideUser((state as User | undefined) ?? newUser(userOf(command.stream)), command as UserOrder, context)
    : decideChannel((state as Channel | undefined) ?? newChannel(), command as ChannelOrder, context);
};

/** What a Castore command makes of a decision: the events to push, stamped. */
const detailsOf = (facts: readonly Fact[], version: number, { stream }: Command, { at, actor }: Context): Detail[] => {
  const timestamp = new Date(at).toISOString();
  const metadata = { actor: { id: actor.id, roles: actor.roles ?? [] } };
  return facts.map(({ type, data }, index) => ({
    aggregateId: stream,
    version: version + index + 1,
    type,
    timestamp,
    payload: data,
    metadata,
  }));
};

const factOf = ({ type, payload }: Detail): Fact => ({ type, data: payload }) as Fact;

const decideOn = (aggregate: ChatAggregate | undefined, command: Command, context: Context, domain: string) => {
  const version = aggregate?.version ?? 0;
  const early = refusedAtTheDoor(command, command.stream, version);
  if (early !== undefined) return { verdict: early, details: [] };
  const decision = decisionOn(aggregate, command, context);
  if (typeof decision === "string") return { verdict: refused(decision), details: [] };
  const details = detailsOf(decision.facts, version, command, context);
  const verdict = accepted(command, context, version, details.map(factOf), decision.claims, domain);
  return { verdict, details };
};

const detailOf = ({ stream, version, type, at, actor, data }: Event): Detail => ({
  aggregateId: stream,
  version,
  type,
  timestamp: new Date(at).toISOString(),
  payload: data,
  metadata: { actor },
});

const openStream: OpenStream = (name, domain) => {
  const store = openEventStore(name);
  let aggregate: ChatAggregate | undefined;
  return {
    name,
    get version() {
      return aggregate?.version ?? 0;
    },
    decide(command, context): Verdict {
      const foreign = refusedAtTheDoor(command, name, command.expectedVersion ?? 0);
      return foreign ?? decideOn(aggregate, command, context, domain).verdict;
    },
    evolve(event) {
      assertNext(event, name, aggregate?.version ?? 0);
      aggregate = store.buildAggregate([detailOf(event)], aggregate);
    },
  };
};

/** The chat's one Castore command: load the aggregate, decide, push. */
const commandOn = (store: ChatStore, domain: string) =>
  new CastoreCommand({
    commandId: "decide",
    requiredEventStores: tuple(store),
    handler: async (
      { command, context }: { command: Command; context: Context },
      [events]: [ChatStore],
    ): Promise<Verdict> => {
      const { aggregate } = await events.getAggregate(command.stream);
      const { verdict, details } = decideOn(aggregate, command, context, domain);
      for (const detail of details) await events.pushEvent(detail);
      return verdict;
    },
  });

const openStore = (domain: string): Store => {
  const stores = { user: openEventStore("user-"), channel: openEventStore("channel-") };
  const commands = { user: commandOn(stores.user, domain), channel: commandOn(stores.channel, domain) };
  return {
    handle(command, context) {
      const aggregate = isUserStream(command.stream) ? "user" : "channel";
      return commands[aggregate].handler({ command, context }, [stores[aggregate]]);
    },
  };
};

// No project: Castore has no projections.
export const open: Open = (domain) => ({
  ...contendInFolding("castore", domain, validator, openStream),
  openStore: () => openStore(domain),
});
