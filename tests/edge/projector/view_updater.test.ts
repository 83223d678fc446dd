// One view and its messages: what is missing, what comes twice, what comes late.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ViewUpdater } from "../../../edge/projector/view_updater.ts";
import type { EventMessage } from "../../../edge/relay/queue.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { domain, general, History, random } from "./history.ts";
import { instead } from "./instead.ts";
import { messagesOf } from "./routed.ts";
import { all, assertEqualToLog, seen, sequentialFold } from "./seen.ts";

async function lived(): Promise<History> {
  const history = await History.ofGeneral();
  await history.create(random, "bob");
  await history.sayMany(general, 1, 104);
  await history.edit(general, "m1", "changed");
  await history.join(random, "ada");
  await history.react(general, "m103", "👍", "bob");
  await history.react(general, "m2", "👍", "bob");
  await history.say(general, "m105");
  await history.leave(general, "bob");
  history.close();
  return history;
}

const { store } = await lived();
const messages = await messagesOf(store);
const whole = await sequentialFold(store);
const keys = [...whole.keys()];
const of = (key: string) => messages.filter(({ group }) => group === key);

/** Counts what is asked of the log. */
function counted(counts: { read: number }): EventStore {
  return instead(store, {
    read: async (...given: Parameters<EventStore["read"]>) => {
      const answer = await store.read(...given);
      counts.read += answer.version - given[1];
      return answer;
    },
  });
}

test("what comes whole and in order is projected without asking the log", async () => {
  const counts = { read: 0 };
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, counted(counts), views);
  for (const key of keys) await updater.update(key, of(key));
  assert.equal(counts.read, 0);
  assert.deepEqual(await all(views), whole);
  updater.close();
});

test("where only the last message arrives, everything before it is fetched", async () => {
  for (const key of keys) {
    const views = new MemoryViews();
    const updater = new ViewUpdater(domain, store, views);
    const last = new Map(of(key).map((message) => [message.stream, message]));
    await updater.update(key, [...last.values()]);
    assert.equal((await all(views)).get(key), whole.get(key));
    updater.close();
  }
});

test("a catch-up is all that it takes", async () => {
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, store, views);
  for (const key of keys) {
    const streams = new Set(of(key).map(({ stream }) => stream));
    for (const stream of streams) await updater.update(key, [{ group: key, stream, version: 1 }]);
  }
  await assertEqualToLog(store, views);
  // Of what has happened since, what it knows passes by.
  for (const key of keys) assert.equal((await updater.update(key, of(key))).position, undefined);
  updater.close();
});

test("a page that nothing has touched yet is not written, even if it is told to catch up", async () => {
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, store, views);
  await updater.update("messages/general/3", [{ group: "messages/general/3", stream: general, version: 1 }]);
  assert.equal(await views.read("messages/general/3"), undefined);
  updater.close();
});

test("whatever arrives, how often, in which order: what is missing is fetched, nothing counts twice", async () => {
  const some = fc.array(fc.tuple(fc.nat(messages.length - 1), fc.integer({ min: 1, max: 9 }), fc.boolean()), {
    minLength: 1,
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(some, async (arrivals) => {
      const views = new MemoryViews();
      let updater = new ViewUpdater(domain, store, views);
      for (const [from, count, fresh] of arrivals) {
        const arrived = messages.slice(from, from + count);
        for (const key of keys) {
          const own = arrived.filter(({ group }) => group === key);
          if (own.length > 0) await updater.update(key, own);
        }
        if (!fresh) continue;
        updater.close();
        updater = new ViewUpdater(domain, store, views);
      }
      for (const key of keys) await updater.update(key, of(key));
      assert.deepEqual(await all(views), whole);
      updater.close();
    }),
    { seed: 3, numRuns: Number(process.env.CROWBAR_RUNS ?? 60) },
  );
});

test("a message that the log does not know is an error, and the view stays as it was", async () => {
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, store, views);
  await updater.update("channel/general", of("channel/general"));
  const before = await all(views);
  const [first] = of("channel/general") as [EventMessage];
  const unknown = { ...first, version: 1_000, after: 999 };
  await assert.rejects(updater.update("channel/general", [unknown]), /channel-general is at 111 in the log/);
  assert.deepEqual(await all(views), before);
  updater.close();
});

test("what is in one view is told: of the streams that have moved", async () => {
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, store, views);
  const [first, second, third, ...rest] = of("allchannels");
  assert.ok(first && second && third);
  const created = await updater.update("allchannels", [first, second, third]);
  assert.deepEqual(created.position?.checkpoint, { [general]: 2, [random]: 1 });
  assert.equal(created.position?.etag, (await views.read("allchannels"))?.etag);
  const joined = await updater.update("allchannels", rest);
  assert.deepEqual(joined.position?.checkpoint, { [general]: 111, [random]: 2 });
  assert.deepEqual((await seen(views, "allchannels")).checkpoint, { [general]: 111, [random]: 2 });
  updater.close();
});
