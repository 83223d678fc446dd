// The reconciler: it finds what the queue has lost and has it fetched, names what the log has lost, and remembers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import type { Damage } from "../../../edge/relay/observer.ts";
import type { Message, Queue } from "../../../edge/relay/queue.ts";
import { Reconciler } from "../../../edge/relay/reconciler.ts";
import { type EventStore, StoreDamaged } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { copyOf } from "../projector/crashing.ts";
import { domain, general, History, noon, random, strange } from "../projector/history.ts";
import { instead } from "../projector/instead.ts";
import { running } from "../projector/running.ts";
import { all, assertEqualToLog, differences, seen } from "../projector/seen.ts";

/** A queue that loses some of what is published to it. */
async function losing(loses: (message: Message) => boolean): Promise<{ queue: MemoryQueue; lost: Message[] }> {
  const lost: Message[] = [];
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon) });
  const publish = async (messages: readonly Message[], signal?: AbortSignal) => {
    const kept = messages.filter((message) => message.event === undefined || !loses(message));
    lost.push(...messages.filter((message) => !kept.includes(message)));
    await queue.publish(kept, signal);
  };
  return { queue: instead(queue, { publish }), lost };
}

async function lived(): Promise<History> {
  const history = await History.ofGeneral();
  await history.create(random, "bob");
  await history.sayMany(general, 1, 130);
  await history.join(random, "ada");
  await history.edit(general, "m7", "changed");
  return history;
}

/** Counts what is asked of the log. */
function counted(store: EventStore, counts: { log: number }): EventStore {
  return instead(store, {
    log: async (after: number, limit: number) => {
      const entries = await store.log(after, limit);
      counts.log += entries.length;
      return entries;
    },
  });
}

for (const [what, loses] of [
  ["the last message of a view", (message: Message) => message.version === 133],
  ["a whole view", ({ group }: Message) => group === "messages/general/2"],
  ["everything", () => true],
] as const) {
  test(`what a queue has lost is found and fetched: ${what}`, async () => {
    const history = await lived();
    const { queue, lost } = await losing(loses);
    const { store, views, settled, follows } = await running(history.store, { queue });
    await settled();
    assert.ok(lost.length > 0);
    assert.notDeepEqual(await differences(store, views), []);
    const { behind, damages } = await follows.reconciler.reconcile();
    assert.deepEqual(damages, []);
    assert.ok(behind.length > 0);
    await settled();
    await assertEqualToLog(store, views);
    assert.deepEqual((await follows.reconciler.reconcile()).behind, []);
    history.close();
  });
}

test("what is still behind is found again, until it is not", async () => {
  const history = await lived();
  let losesAll = true;
  const { queue: losingEvents } = await losing(() => losesAll);
  const publish = async (messages: readonly Message[], signal?: AbortSignal) =>
    losesAll ? undefined : losingEvents.publish(messages, signal);
  const queue = instead(losingEvents, { publish });
  const { store, views, settled, follows } = await running(history.store, { queue });
  await settled();
  const { behind } = await follows.reconciler.reconcile();
  assert.ok(behind.length > 0);
  await settled();
  losesAll = false;
  assert.deepEqual((await follows.reconciler.reconcile()).behind, behind);
  await settled();
  await assertEqualToLog(store, views);
  history.close();
});

test("it looks up to where everything is settled, and no further", async () => {
  const history = await lived();
  const queue = await MemoryQueue.open({ clock: new FixedClock(noon) });
  const parts = { domain, store: history.store, views: new MemoryViews(), queue, clock: new FixedClock(noon) };
  const { events, behind } = await new Reconciler({ ...parts, settledAt: () => 2 }).reconcile();
  assert.equal(events, 2);
  assert.deepEqual(behind.map(({ group, version }) => `${group} ${version}`).sort(), [
    "allchannels 1",
    "channel/general 1",
  ]);
  history.close();
});

test("what was found in order is not looked at again, nor by the next process", async () => {
  const history = await lived();
  const counts = { log: 0 };
  const { store, views, settled, follows, queue } = await running(history.store);
  await settled();
  const parts = { domain, store: counted(store, counts), views, queue, clock: new FixedClock(noon) };
  const settledAt = () => follows.relay.settledAt;
  const first = new Reconciler({ ...parts, settledAt });
  assert.equal((await first.reconcile()).events, 135);
  assert.equal((await first.reconcile()).events, 0);
  assert.equal((await new Reconciler({ ...parts, settledAt }).reconcile()).events, 0);
  await history.say(general, "new");
  await settled();
  assert.equal((await first.reconcile()).events, 1);
  assert.equal(counts.log, 136);
  assert.equal((await first.reconcile({ everything: true })).events, 136);
  history.close();
});

test("what could not even be routed, and was lost then, is put aside all the same", async () => {
  const history = await lived();
  await history.storeStrange(general, 134, strange(general, 134, "channel_exploded"));
  const what = `event ${random} 3`;
  await history.join(random, "carl");
  const check = (entries: readonly { stream: string; version: number }[]) => {
    const damaged = entries.some(({ stream, version }) => stream === random && version === 3);
    if (damaged) throw new StoreDamaged(what, `${what} is damaged.`);
  };
  const store = instead(history.store, {
    log: async (after: number, limit: number) => {
      const entries = await history.store.log(after, limit);
      check(entries);
      return entries;
    },
    read: async (stream: string, after: number, limit: number) => {
      if (after + limit >= 3 && after < 3) check([{ stream, version: 3 }]);
      return history.store.read(stream, after, limit);
    },
  });
  const { queue } = await losing(({ group, stream }) => group === stream);
  const { settled, follows } = await running(store, { queue });
  await settled();
  assert.deepEqual(await queue.deadLetters(), []);
  await follows.reconciler.reconcile();
  await settled();
  const letters = await queue.deadLetters();
  assert.deepEqual(letters.map(({ group, version }) => `${group} ${version}`).sort(), [
    `${general} 134`,
    `${random} 3`,
  ]);
  history.close();
});

test("what is not settled yet is not behind", async () => {
  const history = await lived();
  const views = new MemoryViews();
  const read = () => Promise.reject(new Error("not now"));
  const { follows, queue, failures } = await running(history.store, { views: instead(views, { read }) });
  while (failures.length < 3) await setImmediate();
  assert.ok((await queue.depth()) > 0);
  const { events, behind } = await follows.reconciler.reconcile();
  assert.deepEqual({ events, behind }, { events: 0, behind: [] });
  history.close();
});

test("what is halted is not behind: a person has to look", async () => {
  const history = await lived();
  await history.storeStrange(general, 134, strange(general, 134, "channel_exploded"));
  await history.storeStrange(general, 135, strange(general, 135, "channel_renamed", { name: "later" }));
  const { settled, follows, queue } = await running(history.store);
  await settled();
  const letters = await queue.deadLetters();
  assert.equal(letters.length, 1);
  const { behind, events } = await follows.reconciler.reconcile();
  assert.deepEqual({ behind, events }, { behind: [], events: 137 });
  assert.deepEqual(await queue.deadLetters(), letters);
  history.close();
});

test("a view that knows more than the log is named, once, and left as it is", async () => {
  const history = await lived();
  const views = new MemoryViews();
  const before = await running(history.store, { views });
  await before.settled();
  await before.close();
  // The log comes back as it was yesterday.
  const store = await copyOf(history.store, 0, 100);
  const damaged: Damage[] = [];
  const { follows, settled } = await running(store, { views, observer: { damaged: (damage) => damaged.push(damage) } });
  await settled();
  const made = await all(views);
  const { damages } = await follows.reconciler.reconcile();
  const told = damages.map((damage) =>
    damage.kind === "ahead" ? `${damage.view} ${damage.stream} ${damage.at} of ${damage.head}` : damage.kind,
  );
  assert.deepEqual([...new Set(told)].sort(), [
    "allchannels channel-random 2 of 1",
    "channel/general channel-general 132 of 99",
    "channel/random channel-random 2 of 1",
    "messages/general/1 channel-general 133 of 99",
    "messages/general/2 channel-general 132 of 99",
  ]);
  assert.deepEqual(damaged, damages);
  assert.deepEqual(await all(views), made);
  assert.deepEqual((await follows.reconciler.reconcile()).damages, []);
  // Made anew, they are what the log says.
  await follows.replay();
  await assertEqualToLog(store, views);
  history.close();
});

test("a view that cannot be read is named", async () => {
  const history = await lived();
  const views = new MemoryViews();
  const { settled, follows } = await running(history.store, { views });
  await settled();
  const { etag = "" } = (await views.read("channel/random")) ?? {};
  await views.write("channel/random", Buffer.from("{}"), { ifMatch: etag });
  const { damages } = await follows.reconciler.reconcile();
  assert.ok(
    damages.length > 0 && damages.every(({ kind, view }) => kind === "unreadable" && view === "channel/random"),
  );
  history.close();
});

test("it looks by itself, soon after the start and then from time to time", async () => {
  const history = await lived();
  const { queue, lost } = await losing(({ group }) => group === "channel/random");
  const { settled, views, clock, follows } = await running(history.store, { queue: queue as Queue });
  await settled();
  const missing = lost.length;
  for (let second = 0; second < 5; second += 1) await clock.advance(1_000);
  await settled();
  assert.equal((await seen<{ members: string[] }>(views, "channel/random")).data.members.length, 2);
  await history.join(random, "carl");
  await settled();
  assert.equal(lost.length, missing + 1);
  for (let second = 0; second < 70; second += 1) await clock.advance(1_000);
  await settled();
  assert.equal((await seen<{ members: string[] }>(views, "channel/random")).data.members.length, 3);
  await follows.close();
  assert.equal(clock.sleepers, 0);
  history.close();
});
