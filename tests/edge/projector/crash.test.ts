// A crash between any two steps: the next process finds the log and the views as they are, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { Crash, copyOf, type Death, Mortal } from "./crashing.ts";
import { general, History, random } from "./history.ts";
import { type Running, running, whileTimePasses } from "./running.ts";
import { all, assertEqualToLog, sequentialFold } from "./seen.ts";

const half = 112;
/** What is done at once: the less, the more calls there are to die at. CROWBAR_CRASHES takes its time. */
const batch = process.env.CROWBAR_CRASHES === undefined ? 30 : 5;

/** Two streams of two kinds, a page that fills, edits of an old page. */
async function lived(): Promise<History> {
  const history = await History.ofGeneral();
  await history.register("ada");
  await history.sayMany(general, 1, 99);
  for (const name of ["m1", "m99"]) await history.edit(general, name, "changed");
  await history.create(random, "bob");
  for (let number = 100; number <= 103; number += 1) await history.say(general, `m${number}`);
  await history.react(general, "m2", "👍", "bob");
  await history.join(random, "ada");
  await history.edit(general, "m102", "late");
  await history.leave(general, "bob");
  return history;
}

const history = await lived();
const whole = await sequentialFold(history.store);
history.close();

/** A process that runs until it dies, or all is done. */
async function lifeOf(store: History["store"], views: MemoryViews, death: Death): Promise<Mortal> {
  const mortal = new Mortal(death);
  const process: Running = await running(mortal.port(store, ["onCommit"]), {
    views: mortal.port(views),
    workers: 2,
    batch,
  });
  const over = Promise.race([process.settled().then(() => undefined), mortal.died.promise]);
  await over;
  await process.close();
  assert.ok(process.failures.every((error) => error instanceof Crash));
  return mortal;
}

for (const when of ["before", "after"] as const) {
  test(`a process that dies at any call, ${when} it is carried out, leaves what the next one makes whole`, async () => {
    let deaths = 0;
    for (let call = 1; ; call += 1) {
      const store = await copyOf(history.store, 0, half);
      const views = new MemoryViews();
      const { dead } = await lifeOf(store, views, { call, when });
      await copyOf(history.store, half, 1_000, store);
      const next = await running(store, { views });
      await next.settled();
      await next.close();
      assert.deepEqual([...next.failures, ...next.parked], []);
      assert.deepEqual(await all(views), whole, `after a death at call ${call}`);
      if (!dead) break;
      deaths += 1;
    }
    assert.ok(deaths > 40, `it died ${deaths} times`);
    const store = await copyOf(history.store);
    const views = new MemoryViews();
    const last = await running(store, { views });
    await last.settled();
    await assertEqualToLog(store, views);
  });
}

test("one death after the other, each soon after the last, does not keep the views from becoming whole", async () => {
  for (let call = 1; call <= 30; call += batch / 5) {
    const store = await copyOf(history.store);
    const views = new MemoryViews();
    let lives = 0;
    // Some never get anywhere; a life in which a little is done after another one does.
    for (let longer = call; lives < 60; lives += 1, longer += 3) {
      const { dead } = await lifeOf(store, views, { call: longer, when: lives % 2 === 0 ? "after" : "before" });
      if (!dead) break;
    }
    assert.ok(lives < 60);
    assert.deepEqual(await all(views), whole);
  }
});

test("what was done by the last process is not published again by the next, save the last second of it", async () => {
  const store = await copyOf(history.store);
  const views = new MemoryViews();
  const first = await running(store, { views });
  await first.settled();
  await first.close();
  assert.equal(await store.cursor("settled"), (await store.log(0, 1_000)).length);
  const queue = await MemoryQueue.open({ clock: first.clock });
  const messages: number[] = [];
  const second = await running(store, { views, queue, observer: { published: (_, count) => messages.push(count) } });
  await second.settled();
  assert.deepEqual(messages, []);
  await whileTimePasses(second.clock, second.close());
});
