// What is stored is not what was written: an event, or a view. Its stream halts, the others go on, and it is mended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreDamaged } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { general, random, twoChannels } from "./history.ts";
import { instead } from "./instead.ts";
import { running } from "./running.ts";
import { all, assertEqualToLog, differences, seen } from "./seen.ts";

test("a damaged event halts its stream, wherever it is met; once it is restored the stream goes on", async () => {
  const history = await twoChannels();
  const { store } = history;
  await history.sayMany(general, 2, 30);
  await history.say(random, "r1", "bob");
  const what = `event ${general} 17`;
  let isDamaged = true;
  const check = (stream: string, first: number, last: number) => {
    if (isDamaged && stream === general && first <= 17 && last >= 17)
      throw new StoreDamaged(what, `${what} is damaged.`);
  };
  const damaged = instead(store, {
    log: async (after: number, limit: number) => {
      const entries = await store.log(after, limit);
      for (const { stream, version } of entries) check(stream, version, version);
      return entries;
    },
    read: async (stream: string, after: number, limit: number) => {
      check(stream, after + 1, Math.min(after + limit, await store.head(stream)));
      return store.read(stream, after, limit);
    },
    async *readEach(streams: readonly string[]) {
      for await (const whole of store.readEach(streams)) {
        for (const { stream, version } of whole) check(stream, 1, version);
        yield whole;
      }
    },
  });
  const { views, queue, settled, follows, failures } = await running(damaged);
  await settled();
  assert.deepEqual(failures, []);
  assert.deepEqual(
    (await queue.deadLetters()).map(({ group, version, reason }) => `${group} ${version}: ${reason}`),
    [`${general} 17: ${what} is damaged.`],
  );
  assert.equal((await seen<{ messages: number }>(views, "channel/general")).data.messages, 14);
  assert.equal((await seen<{ messages: number }>(views, "channel/random")).data.messages, 1);
  assert.deepEqual((await follows.reconciler.reconcile()).behind, []);
  assert.deepEqual((await follows.reconciler.reconcile()).events, 0);
  await queue.redrive(); // too soon
  await settled();
  assert.equal((await queue.deadLetters())[0]?.version, 17);
  const { stopped } = await follows.replay();
  assert.deepEqual(stopped.map(({ view, reason }) => `${view}: ${reason}`).sort(), [
    `allchannels: ${what} is damaged.`,
    `channel/general: ${what} is damaged.`,
    `messages/general: ${what} is damaged.`,
  ]);
  assert.equal((await seen<{ messages: number }>(views, "channel/general")).data.messages, 14);
  assert.deepEqual(
    (await differences(damaged, views)).map(({ view, kind, version }) => `${view} ${kind} ${version}`).sort(),
    ["allchannels unfoldable 17", "channel/general unfoldable 17", "messages/general unfoldable 17"],
  );
  isDamaged = false;
  await queue.redrive();
  await settled();
  await assertEqualToLog(store, views);
  history.close();
});

test("a stored view that cannot be read is left as it is and its streams halt there; rebuilding mends it", async () => {
  const history = await twoChannels();
  const views = new MemoryViews();
  const { settled, queue, store, follows } = await running(history.store, { views });
  await settled();
  const page = await views.read("messages/general/1");
  const other = await views.read("channel/random");
  assert.ok(page && other);
  await views.write("messages/general/1", page.bytes.subarray(1), { ifMatch: page.etag });
  await views.write("channel/general", other.bytes, {
    ifMatch: (await views.read("channel/general"))?.etag ?? "",
  });
  await history.say(general, "m2");
  await settled();
  assert.deepEqual((await queue.deadLetters()).map(({ reason }) => reason.replace(/:.*/, "")).sort(), [
    "The stored view messages/general/1 cannot be read",
    "What is stored as view channel/general is view channel/random.",
  ]);
  assert.deepEqual((await views.read("messages/general/1"))?.bytes, page.bytes.slice(1));
  const damaged = await all(views);
  assert.equal(damaged.get("channel/general"), damaged.get("channel/random"));
  await follows.replay();
  await settled();
  assert.deepEqual(await queue.deadLetters(), []);
  await history.say(general, "m3");
  await settled();
  await assertEqualToLog(store, views);
  history.close();
});
