// The relay: what it publishes, from where, and what it saves when.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import type { EventMessage, Message, Queue } from "../../../edge/relay/queue.ts";
import { Relay, type RelayOptions } from "../../../edge/relay/relay.ts";
import { type EventStore, StoreDamaged, StoreUnavailable } from "../../../edge/store/event_store.ts";
import { domain, general, History, noon, random, strange } from "../projector/history.ts";
import { instead } from "../projector/instead.ts";
import { whileTimePasses } from "../projector/running.ts";
import { seeded } from "../projector/seeded.ts";

interface Published {
  readonly relay: Relay;
  readonly clock: FixedClock;
  readonly messages: readonly EventMessage[];
  readonly failures: readonly unknown[];
  idle(): Promise<void>;
}

/** A relay to a queue that takes everything and keeps nothing. It is durable where nothing else is said. */
function relayOf(store: EventStore, changes: Partial<RelayOptions> = {}): Published {
  const clock = new FixedClock(noon);
  const messages: EventMessage[] = [];
  const failures: unknown[] = [];
  const queue = { publish: async (all: readonly Message[]) => void messages.push(...(all as EventMessage[])) };
  const observer = { failed: (_: string, error: unknown) => failures.push(error) };
  const parts = { domain, store, queue: queue as unknown as Queue, clock, observer, random: () => 0.5 };
  const relay = new Relay({ ...parts, ...changes });
  relay.start();
  return { relay, clock, messages, failures, idle: () => whileTimePasses(clock, relay.idle()) };
}

const told = ({ group, version, after }: EventMessage) => `${group} ${version} after ${after}`;

test("each event is published for each view that it touches, with how long nothing has touched it", async () => {
  const history = await History.ofGeneral();
  await history.say(general, "m1");
  await history.edit(general, "m1", "changed");
  await history.join(general, "carl");
  await history.say(general, "m2");
  const { relay, messages, idle } = relayOf(history.store);
  await idle();
  assert.deepEqual(messages.map(told).sort(), [
    "allchannels 1 after 0",
    "allchannels 2 after 1",
    "allchannels 5 after 2",
    "channel/general 1 after 0",
    "channel/general 2 after 1",
    "channel/general 3 after 2",
    "channel/general 5 after 3",
    "channel/general 6 after 5",
    "messages/general/1 3 after 0",
    "messages/general/1 4 after 3",
    "messages/general/1 6 after 4",
  ]);
  assert.deepEqual(
    messages.map(({ position }) => position),
    messages.map(({ position }) => position).toSorted((a, b) => a - b),
  );
  await relay.close();
  history.close();
});

test("an edit of an old message is published for its page alone", async () => {
  const history = await History.ofGeneral();
  await history.sayMany(general, 1, 350);
  const { relay, messages, idle } = relayOf(history.store);
  await idle();
  const before = messages.length;
  await history.edit(general, "m101", "changed");
  await idle();
  assert.deepEqual(messages.slice(before).map(told), ["messages/general/2 353 after 202"]);
  await relay.close();
  history.close();
});

test("what is said of a page after a restart holds, too: nothing that touched it is left out", async () => {
  const history = await History.ofGeneral();
  await history.sayMany(general, 1, 150);
  const first = relayOf(history.store);
  await first.idle();
  await first.relay.close();
  const { relay, messages, idle } = relayOf(history.store);
  await idle();
  assert.deepEqual(messages, []);
  await history.edit(general, "m149", "one"); // the first page that it meets: what was before, it has not seen
  await history.edit(general, "m150", "two");
  await history.edit(general, "m7", "three"); // the second: it has looked back
  await history.edit(general, "m8", "four");
  await idle();
  assert.deepEqual(messages.map(told), [
    "messages/general/2 153 after 152",
    "messages/general/2 154 after 153",
    "messages/general/1 155 after 102",
    "messages/general/1 156 after 155",
  ]);
  await relay.close();
  history.close();
});

test("the place is saved after publishing, never before: a durable queue has everything up to there", async () => {
  const history = await History.ofGeneral();
  const steps: string[] = [];
  const store = instead(history.store, {
    saveCursor: async (name: string, position: number) => {
      steps.push(`save ${name} ${position}`);
      await history.store.saveCursor(name, position);
    },
  });
  const publish = async (messages: readonly Message[]) => void steps.push(`publish ${messages.length}`);
  const { relay, idle } = relayOf(store, { queue: { publish } as unknown as Queue, batch: 1 });
  await idle();
  assert.deepEqual(steps, ["publish 2", "save relay 1", "publish 2", "save relay 2"]);
  await relay.close();
  history.close();
});

test("with a queue that forgets, the place is that up to which everything is settled", async () => {
  const history = await History.ofGeneral();
  await history.say(general, "m1");
  const clock = new FixedClock(noon);
  const queue = await MemoryQueue.open({ clock });
  const { relay } = relayOf(history.store, { queue, clock });
  await whileTimePasses(clock, relay.idle());
  assert.equal(relay.position, 3);
  assert.equal(relay.settledAt, 0);
  const saved = () => history.store.cursor("settled");
  const end = new AbortController();
  const receive = () => queue.receive({ max: 2, visibilityMs: 60_000, signal: end.signal });
  for (let delivery = await receive(); delivery !== undefined; delivery = await receive()) {
    await queue.acknowledge(delivery);
    if ((await queue.depth()) <= 1) break;
  }
  assert.equal(relay.settledAt, 2);
  await clock.advance(2_000);
  assert.equal(await saved(), 2);
  const last = await receive();
  assert.ok(last);
  await queue.acknowledge(last);
  await relay.close();
  assert.equal(await saved(), 3);
  await queue.close();
  history.close();
});

test("what is new is published without anybody saying so, soon", async () => {
  const history = await History.ofGeneral();
  const silent = instead(history.store, { onCommit: () => () => {} });
  const { relay, messages, idle, clock } = relayOf(silent);
  await idle();
  const before = messages.length;
  await history.say(general, "m1");
  await setImmediate();
  assert.equal(messages.length, before);
  await clock.advance(1_000);
  assert.equal(messages.length, before + 2);
  await relay.close();
  history.close();
});

test("it is idle when it has looked after it was asked: what was committed meanwhile is published first", async () => {
  const history = await History.ofGeneral();
  let look = Promise.withResolvers<void>();
  const store = instead(history.store, {
    log: async (after: number, limit: number) => {
      const entries = await history.store.log(after, limit);
      await look.promise; // as of before what is committed now
      return entries;
    },
  });
  look.resolve();
  const { relay, messages, idle, clock } = relayOf(store);
  await idle();
  look = Promise.withResolvers<void>();
  await clock.advance(1_000); // it looks, and finds nothing
  await history.say(general, "m1");
  const before = messages.length;
  const asked = relay.idle();
  look.resolve();
  await asked;
  assert.equal(messages.length, before + 2);
  await relay.close();
  history.close();
});

test("a store or a queue that cannot answer is waited for, longer each time; nothing is left out or comes in another order", async () => {
  const history = await History.ofGeneral();
  await history.sayMany(general, 1, 20);
  const random = seeded(5);
  const now = () => {
    if (random() < 0.6) throw new StoreUnavailable("io", "not now");
  };
  const store = instead(history.store, {
    log: async (after: number, limit: number) => {
      now();
      return history.store.log(after, limit);
    },
    saveCursor: async (name: string, position: number) => {
      now();
      await history.store.saveCursor(name, position);
    },
  });
  const { relay, messages, failures, idle, clock } = relayOf(store, { batch: 1 });
  await idle();
  const page = messages.filter(({ group }) => group === "messages/general/1").map(({ version }) => version);
  assert.deepEqual(
    page,
    Array.from({ length: 20 }, (_, index) => index + 3),
  );
  assert.ok(failures.length > 10 && clock.now() > noon + 300);
  await relay.close();
  history.close();
});

/** A store in which what answers to `names` is damaged. */
function damaged(store: EventStore, names: (position: number) => string | undefined): EventStore {
  return instead(store, {
    log: async (after: number, limit: number) => {
      const entries = await store.log(after, limit);
      const what = entries.map(({ position }) => names(position)).find((name) => name !== undefined);
      if (what !== undefined) throw new StoreDamaged(what, `${what} is damaged.`);
      return entries;
    },
  });
}

test("a damaged event is published under its stream's name, and the log goes on behind it", async () => {
  const history = await History.ofGeneral();
  await history.sayMany(general, 1, 10);
  const { relay, messages, failures, idle } = relayOf(
    damaged(history.store, (position) => (position === 8 ? `event ${general} 8` : undefined)),
  );
  await idle();
  assert.deepEqual(failures, []);
  assert.deepEqual(
    messages.filter(({ group }) => group === general).map(({ version }) => version),
    [8],
  );
  assert.equal(relay.position, 12);
  await relay.close();
  history.close();
});

test("where it is not known which event is damaged, the log stops there, and everything before it is published", async () => {
  const history = await History.ofGeneral();
  await history.sayMany(general, 1, 10);
  const { relay, messages, failures, clock } = relayOf(
    damaged(history.store, (position) => (position === 8 ? "log position 8" : undefined)),
  );
  const until = async () => {
    while (failures.length < 5) await setImmediate();
  };
  await whileTimePasses(clock, until());
  assert.equal(messages.at(-1)?.version, 7);
  assert.equal(relay.position, 7);
  await relay.close();
  history.close();
});

test("an event that cannot be routed is published under its stream's name, and so is what follows it there", async () => {
  const history = await History.ofGeneral();
  await history.storeStrange(general, 3, strange(general, 3, "channel_exploded"));
  await history.storeStrange(general, 4, strange(general, 4, "channel_renamed", { name: "later" }));
  await history.storeStrange("nonsense", 1, "{}");
  await history.create(random, "bob");
  const { relay, messages, idle } = relayOf(history.store);
  await idle();
  assert.deepEqual(messages.slice(4, 7).map(told), [
    `${general} 3 after 2`,
    `${general} 4 after 3`,
    "nonsense 1 after 0",
  ]);
  assert.deepEqual(messages.slice(7).map(told).sort(), ["allchannels 1 after 0", "channel/random 1 after 0"]);
  await relay.close();
  history.close();
});

test("it ends while the queue has no room, and no timer is left", async () => {
  const history = await History.ofGeneral();
  const clock = new FixedClock(noon);
  const queue = await MemoryQueue.open({ clock, capacity: 1 });
  await queue.publish([
    { group: "allusers", stream: "user-ada", version: 1, after: 0, position: 0, event: new Uint8Array(9) },
  ]);
  const { relay } = relayOf(history.store, { queue, clock });
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  assert.equal(relay.position, 0);
  await relay.close();
  await relay.idle();
  assert.equal(clock.sleepers, 0);
  await queue.close();
  history.close();
});
