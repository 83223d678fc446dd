// A hundred projectors on the same views: slow, dying, and handed the same messages twice, at once and late.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { Projector } from "../../../edge/projector/projector.ts";
import type { Push } from "../../../edge/push/push.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import type { Delivery, Queue } from "../../../edge/relay/queue.ts";
import { Relay } from "../../../edge/relay/relay.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { type ViewStore, ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { Crash, copyOf, Mortal } from "./crashing.ts";
import { domain, general, History, noon } from "./history.ts";
import { instead } from "./instead.ts";
import { whileTimePasses } from "./running.ts";
import { seeded } from "./seeded.ts";
import { all, assertEqualToLog, sequentialFold } from "./seen.ts";

const history = await History.ofGeneral();
for (let number = 1; number <= 120; number += 1) {
  await history.say(general, `m${number}`);
  if (number % 10 === 0) await history.join(general, `guest${number}`);
  if (number % 15 === 0) await history.edit(general, `m${number - 10}`, "changed");
}
history.close();
const whole = await sequentialFold(history.store);

/** Takes its time, and now and then does not answer: before the view is written, or after. */
function slow(views: ViewStore, random: () => number): ViewStore {
  const turns = async () => {
    for (let left = Math.floor(random() * 6); left > 0; left -= 1) await setImmediate();
  };
  return instead(views, {
    read: async (key: string) => {
      await turns();
      if (random() < 0.05) throw new ViewsUnavailable("not now");
      return views.read(key);
    },
    write: async (...given: Parameters<ViewStore["write"]>) => {
      await turns();
      if (random() < 0.05) throw new ViewsUnavailable("not now");
      const written = await views.write(...given);
      await turns();
      if (random() < 0.05) throw new ViewsUnavailable("it was written, and nobody hears of it");
      return written;
    },
  });
}

/** Delivers once more what somebody has, or had. */
function twice(queue: Queue, random: () => number): Queue {
  const delivered: Delivery[] = [];
  return instead(queue, {
    receive: async (options: Parameters<Queue["receive"]>[0]) => {
      const again = delivered[Math.floor(random() * delivered.length)];
      if (again !== undefined && random() < 0.3) return again;
      const delivery = await queue.receive(options);
      if (delivery !== undefined) delivered.push(delivery);
      return delivery;
    },
  });
}

const seeds = Number(process.env.CROWBAR_RUNS ?? 3);
for (let seed = 1; seed <= seeds; seed += 1) {
  test(`a hundred projectors make of the log what one makes of it (seed ${seed})`, async () => {
    const random = seeded(seed);
    const clock = new FixedClock(noon);
    const store = await copyOf(history.store);
    const views = new MemoryViews();
    const queue = await MemoryQueue.open({ clock });
    const relay = new Relay({ domain, store, queue, clock, batch: 5 });
    const doubling = twice(queue, random);
    const push = { publish: () => {} } as unknown as Push;
    const parked: string[] = [];
    const failures: unknown[] = [];
    const observer = {
      parked: ({ reason }: { reason: string }) => parked.push(reason),
      failed: (_: string, error: unknown) => failures.push(error),
    };
    let deaths = 0;
    const projectors = Array.from({ length: 100 }, (_, index) => {
      const mortal = new Mortal({ call: index < 60 ? 1 + Math.floor(random() * 4) : 0, when: "after" });
      const own = slow(mortal.port<ViewStore>(views), random);
      const parts = { domain, store, push, clock, random, observer, workers: 1, batch: 4 };
      const projector = new Projector({ ...parts, views: own, queue: mortal.port(doubling) });
      void mortal.died.promise.then(() => {
        deaths += 1;
        return projector.close();
      });
      projector.start();
      return projector;
    });
    relay.start();
    const done = async () => {
      await relay.idle();
      while ((await queue.depth()) > 0) await setImmediate();
    };
    await whileTimePasses(clock, done(), 5_000);
    await relay.close();
    await whileTimePasses(clock, Promise.all(projectors.map((projector) => projector.close())));
    await queue.close();
    assert.deepEqual(parked, []);
    const others = failures.filter((error) => !(error instanceof ViewsUnavailable || error instanceof Crash));
    assert.deepEqual(others, []);
    assert.ok(deaths > 10, `${deaths} have died`);
    const made = await all(views);
    assert.deepEqual([...made.keys()], [...whole.keys()]);
    for (const [key, text] of made) assert.equal(text, whole.get(key), key);
    await assertEqualToLog(store, views);
  });
}
