// What the best-known demo of this kind got wrong about its views, each by its name in specs/chat.md, and what happens here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ViewUpdater } from "../../../edge/projector/view_updater.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { type Condition, ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { domain, general, History, random, strange } from "./history.ts";
import { messagesOf } from "./routed.ts";
import { running } from "./running.ts";
import { all, assertEqualToLog, seen } from "./seen.ts";

/** Views whose reads fail as long as `error` is there, and the conditions of the writes meanwhile. */
class Unreadable extends MemoryViews {
  error: Error | undefined;
  readonly written: Condition[] = [];

  override async read(key: string) {
    if (this.error !== undefined) throw this.error;
    return super.read(key);
  }
  override async write(key: string, bytes: Uint8Array, condition: Condition) {
    if (this.error !== undefined) this.written.push(condition);
    return super.write(key, bytes, condition);
  }
}

for (const error of [new ViewsUnavailable("not now"), new Error("EIO"), new TypeError("a bug")]) {
  test(`any read error resets the view to empty: no, it waits until it is read (${error.name})`, async () => {
    const history = await History.ofGeneral();
    const views = new Unreadable();
    const first = await running(history.store, { views });
    await first.settled();
    await first.close();
    const before = await all(views);
    await history.say(general, "m1");
    const next = await running(history.store, { views });
    views.error = error;
    while (next.failures.length < 4) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      await next.clock.advance(100);
    }
    views.error = undefined;
    assert.deepEqual(views.written, []);
    assert.deepEqual(await all(views), before);
    await next.settled();
    await assertEqualToLog(history.store, views);
    history.close();
  });
}

test("read-modify-write without a condition loses updates: no, who comes second loads it and does it again", async () => {
  const history = await History.ofGeneral();
  const { store } = history;
  for (const name of ["m1", "m2", "m3", "m4"]) await history.say(general, name);
  const views = new MemoryViews();
  const messages = (await messagesOf(store)).filter(({ group }) => group === "messages/general/1");
  // Both have read the same view before either writes.
  const one = new ViewUpdater(domain, store, views);
  const other = new ViewUpdater(domain, store, views);
  await Promise.all([
    one.update("messages/general/1", messages),
    other.update("messages/general/1", messages.slice(0, 2)),
  ]);
  await Promise.all([one, other].map((updater) => updater.update("messages/general/1", messages)));
  const { data } = await seen<{ messageId: string }[]>(views, "messages/general/1");
  assert.deepEqual(
    data.map(({ messageId }) => messageId),
    ["m1", "m2", "m3", "m4"],
  );
  one.close();
  other.close();
  history.close();
});

test("joined twice counts two users: no, neither when asked twice nor when told twice", async () => {
  const history = await History.ofGeneral();
  const { store } = history;
  await history.join(general, "bob"); // who is there: this leaves no event
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, store, views);
  const messages = await messagesOf(store);
  for (let time = 0; time < 3; time += 1) {
    for (const key of ["allchannels", "channel/general"]) {
      await updater.update(
        key,
        [...messages, ...messages].filter(({ group }) => group === key),
      );
    }
  }
  assert.equal((await seen<{ users: number }[]>(views, "allchannels")).data[0]?.users, 2);
  assert.deepEqual((await seen<{ members: string[] }>(views, "channel/general")).data.members, ["ada", "bob"]);
  // Even where the log says so twice, which no rule would decide, it is the same person.
  await history.storeStrange(general, 3, strange(general, 3, "user_joined_channel", { userId: "bob" }));
  const { settled, views: made } = await running(store);
  await settled();
  assert.equal((await seen<{ users: number }[]>(made, "allchannels")).data[0]?.users, 2);
  assert.deepEqual((await seen<{ members: string[] }>(made, "channel/general")).data.members, ["ada", "bob"]);
  updater.close();
  history.close();
});

test("a join for an unknown channel crashes the view: no, what was missed is fetched, or there is no such channel", async () => {
  const history = await History.ofGeneral();
  const ghost = "channel-ghost";
  await history.storeStrange(ghost, 1, strange(ghost, 1, "user_joined_channel", { userId: "bob" }));
  const { store } = history;
  const views = new MemoryViews();
  const updater = new ViewUpdater(domain, store, views);
  // The creation is lost on the way: only that bob joined arrives.
  const joined = (await messagesOf(store)).filter(({ version, stream }) => version === 2 && stream === general);
  for (const message of joined) await updater.update(message.group, [message]);
  assert.equal((await seen<{ users: number }[]>(views, "allchannels")).data[0]?.users, 2);
  updater.close();

  const { settled, queue, views: made } = await running(store);
  await settled();
  assert.deepEqual(await queue.deadLetters(), []);
  assert.equal((await seen<unknown[]>(made, "allchannels")).data.length, 1);
  assert.equal((await seen(made, "channel/ghost")).data, null);
  await assertEqualToLog(store, made);
  history.close();
});

test("the order of messages within a millisecond: is that in which they were decided", async () => {
  const history = new History();
  history.pace = 0;
  await history.create(general);
  const names = Array.from({ length: 120 }, (_, index) => `m${(index * 77) % 120}`);
  for (const name of names) await history.say(general, name);
  const { settled, views } = await running(history.store);
  await settled();
  const pages = await Promise.all(
    [1, 2].map((page) => seen<{ messageId: string; at: number }[]>(views, `messages/general/${page}`)),
  );
  const rows = pages.flatMap(({ data }) => data);
  assert.deepEqual(
    rows.map(({ messageId }) => messageId),
    names,
  );
  assert.equal(new Set(rows.map(({ at }) => at)).size, 1);
  history.close();
});

test("replay does nothing: no, it makes every view from the log, whatever was there", async () => {
  const history = await History.ofGeneral();
  await history.register("ada");
  await history.sayMany(general, 1, 150);
  const { settled, views, store, follows } = await running(history.store);
  await settled();
  const before = await all(views);
  for await (const key of views.keys()) {
    const { etag } = (await views.read(key)) ?? { etag: "" };
    await views.write(key, Buffer.from("nonsense"), { ifMatch: etag });
  }
  await views.write("channel/nothing", Buffer.from("nonsense"), { ifNoneMatch: "*" });
  await follows.replay();
  const after = await all(views);
  assert.deepEqual([...after.keys()], [...before.keys()]);
  assert.equal(after.get("messages/general/2"), before.get("messages/general/2"));
  await assertEqualToLog(store, views);
  history.close();
});

test("projecting goes on after a failed store: no, only what is in the log is ever in a view", async () => {
  let failing: "append" | "appended" | undefined;
  const store = new MemoryEventStore({
    fault: (step) => {
      if (step === failing) throw new Error(`the store failed at ${step}`);
    },
  });
  const history = await History.ofGeneral(store);
  const { settled, views } = await running(store);
  await settled();
  const before = await all(views);
  failing = "append";
  await assert.rejects(history.create(random, "bob"), /failed at append$/);
  failing = undefined;
  await settled();
  assert.deepEqual(await all(views), before);
  // Stored, and nobody heard so: what is in the log is in the views.
  failing = "appended";
  await assert.rejects(history.register("carl"), /failed at appended/);
  failing = undefined;
  await settled();
  assert.deepEqual((await seen(views, "allusers")).data, { carl: { name: "carl" } });
  await assertEqualToLog(store, views);
  history.close();
});
