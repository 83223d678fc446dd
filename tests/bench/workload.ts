// What the contenders are given: made from seeds, the same in every run.

import type { Command, Context, Event, Fact } from "./rivals/chat/contract.ts";
import { commandsOf } from "./workload/commands.ts";
import { beginning, type Log, logOf, ndjson, stored } from "./workload/log.ts";
import { type Random, seeded } from "./workload/random.ts";
import { continueTalk, send, startTalk, type Talk } from "./workload/talk.ts";
import { personName } from "./workload/texts.ts";

export const batchSize = 64;

const talkOf = (seed: number, domain: string, people: number, done: (talk: Talk) => boolean): [Talk, Random] => {
  const random = seeded(seed);
  const talk = startTalk(random, { channel: "general", domain, people });
  while (!done(talk)) continueTalk(talk, random, domain);
  return [talk, random];
};

/** One channel's log of so many events, 385 bytes each on average. */
export const channelLog = (domain: string, events: number): Log => {
  const people = Math.max(1, Math.min(1000, Math.floor(events / 20)));
  const [talk] = talkOf(1, domain, people, ({ events: { length } }) => length >= events);
  return logOf(talk.stream, talk.events);
};

/** One channel's log up to its so-many-th message. */
export const messagesLog = (domain: string, messages: number): Log => {
  const [talk] = talkOf(2, domain, 1000, ({ messages: { length } }) => length >= messages);
  return logOf(talk.stream, talk.events);
};

/** A channel where people talk more and react less, so that its pages of messages are 17 MB. */
export const pagesLog = (domain: string, events: number): Log => {
  const random = seeded(6);
  const talk = startTalk(random, { channel: "general", domain, people: Math.min(1000, Math.floor(events / 20)) });
  while (talk.events.length < events)
    if (random.chance(0.9)) send(talk, random, domain, 3);
    else continueTalk(talk, random, domain);
  return logOf(talk.stream, talk.events);
};

export type DecideWork = {
  readonly log: Log;
  readonly context: Context;
  /** To be decided one by one, by the same state. */
  readonly commands: readonly Command[];
  /** To be decided by 64, each of them by the state that those before have left. */
  readonly batched: readonly Command[];
};

/** A channel of 1,000 events and what one of its members then asks of it. */
export const decideWork = (domain: string, count: number): DecideWork => {
  const [talk, random] = talkOf(3, domain, 50, ({ events: { length } }) => length >= 1000);
  const actor = talk.members[1] ?? talk.owner;
  return {
    log: logOf(talk.stream, talk.events),
    context: { at: talk.at, actor: { id: actor, roles: [] } },
    commands: commandsOf(talk, random, count, actor),
    batched: commandsOf(talk, random, count, actor),
  };
};

/** NDJSON of 64 commands each. */
export const batchesOf = (commands: readonly Command[]): Uint8Array[] =>
  Array.from({ length: Math.ceil(commands.length / batchSize) }, (_, index) =>
    ndjson(commands.slice(index * batchSize, (index + 1) * batchSize)),
  );

/** Thirty channels whose talks run side by side: a small directory from many events. */
export const directoryLog = (domain: string, events: number): Log => {
  const random = seeded(4);
  const talks = Array.from({ length: 30 }, (_, index) =>
    startTalk(random, { channel: `c${100 + index}-team`, domain, people: 20, at: beginning + index * 5_000_000 }),
  );
  // Created one after another, so that the order of coming and of creation are one.
  const merged: Event[] = talks.flatMap((talk) => [...talk.events]);
  while (merged.length < events) {
    const talk = random.pick(talks);
    const before = talk.events.length;
    continueTalk(talk, random, domain);
    merged.push(...talk.events.slice(before));
  }
  return logOf("", merged.slice(0, events));
};

/** Ten thousand people who register, then rename themselves again and again: a view of 500 KB. */
export const peopleLog = (domain: string, events: number): Log => {
  const random = seeded(5);
  const people = Math.min(10_000, Math.ceil(events / 10));
  const versions = new Array<number>(people).fill(0);
  const merged = Array.from({ length: events }, (_, index) => {
    const person = index < people ? index : random.int(people);
    const version = (versions[person] ?? 0) + 1;
    versions[person] = version;
    const id = `u${100_000 + person}`;
    const name = personName(random);
    const fact: Fact =
      version === 1 ? { type: "user_registered", data: { name } } : { type: "user_renamed", data: { name } };
    const at = beginning + index * 1000;
    return stored(fact, `user-${id}`, version, at, id, random.uuid(at), domain);
  });
  return logOf("", merged);
};
