// Replay: all views made anew beside the old ones, while commands go on, then the switch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { load } from "@crowbar/domain/chat";
import type { Domain } from "../../../edge/domain.ts";
import { CatchingUp } from "../../../edge/projector/catching_up.ts";
import { StoreDamaged } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import type { ViewStore } from "../../../edge/views/view_store.ts";
import { copyOf, type Death, Mortal } from "./crashing.ts";
import { flawed } from "./flawed_domain.ts";
import { domain, general, History, random, strange } from "./history.ts";
import { instead } from "./instead.ts";
import { running, whileTimePasses } from "./running.ts";
import { all, assertEqualToLog, differences, seen } from "./seen.ts";

async function lived(): Promise<History> {
  const history = await History.ofGeneral();
  for (const name of ["ada", "bob", "carl"]) await history.register(name);
  await history.create(random, "bob");
  await history.sayMany(general, 1, 230);
  await history.join(random, "ada");
  await history.react(general, "m7", "👍", "bob");
  await history.archive(random, "bob");
  return history;
}

test("views that are made anew show what the old ones showed, and have heard everything", async () => {
  const history = await lived();
  const { store, views, settled, follows } = await running(history.store);
  await settled();
  const before = await all(views);
  const progress: string[] = [];
  const replayed = await follows.replay({ progress: (done, total) => progress.push(`${done}/${total}`) });
  assert.equal(views.generation, replayed.generation);
  assert.deepEqual(
    { events: replayed.events, views: replayed.views, stopped: replayed.stopped },
    {
      events: 239,
      views: 7,
      stopped: [],
    },
  );
  assert.deepEqual(progress, ["3/239", "4/239", "5/239", "6/239", "239/239"]);
  assert.ok(replayed.moduleMs > 0 && replayed.moduleMs <= replayed.ms);
  const after = await all(views);
  assert.deepEqual([...after.keys()], [...before.keys()]);
  await assertEqualToLog(store, views);
  assert.deepEqual((await seen(views, "messages/general/1")).checkpoint, { [general]: 233 });
  history.close();
});

test("what is committed and projected while views are made anew is in the new ones", async () => {
  const history = await lived();
  const { store, views, settled, follows } = await running(history.store, { batch: 3 });
  await settled();
  for (let round = 0; round < 5; round += 1) {
    let replaying = true;
    const busy = async () => {
      for (let number = 0; replaying; number += 1) {
        await history.say(general, `r${round}-${number}`);
        if (number % 5 === 0) await history.edit(general, "m1", `changed ${number}`);
        if (number % 7 === 0) await history.create(`channel-c${round}-${number}`, "bob");
        await setImmediate();
      }
    };
    const done = busy();
    const { generation } = await follows.replay();
    replaying = false;
    await done;
    assert.equal(views.generation, generation);
    await settled();
    await assertEqualToLog(store, views);
  }
  history.close();
});

test("a replay that is given up, or fails, leaves the views as they are, and projecting goes on", async () => {
  const history = await lived();
  const views = new MemoryViews();
  let room = 3;
  const begin = async () => {
    const next = await views.begin();
    return instead(next, {
      write: async (...given: Parameters<MemoryViews["write"]>) => {
        room -= 1;
        if (room < 0) throw new Error("no space left on device");
        return next.write(...given);
      },
    });
  };
  const { store, settled, follows } = await running(history.store, { views: instead(views, { begin }) });
  await settled();
  const before = { generation: views.generation, views: await all(views) };
  await assert.rejects(follows.replay(), /no space left/);
  room = Number.POSITIVE_INFINITY;
  const end = new AbortController();
  const given = follows.replay({ signal: end.signal, progress: () => end.abort(new Error("given up")) });
  await assert.rejects(given, /given up/);
  assert.deepEqual({ generation: views.generation, views: await all(views) }, before);
  await history.say(general, "later");
  await settled();
  await assertEqualToLog(store, views);
  history.close();
});

test("an event that cannot be projected stops its stream in the new views, too; the others are whole", async () => {
  const history = await lived();
  await history.storeStrange(general, 234, strange(general, 234, "channel_exploded"));
  await history.storeStrange(general, 235, strange(general, 235, "channel_renamed", { name: "later" }));
  const { store, views, settled, follows, queue } = await running(history.store);
  await settled();
  const before = await differences(store, views);
  const { stopped } = await follows.replay();
  assert.deepEqual(stopped.map(({ view, stream }) => `${view} ${stream}`).sort(), [
    `allchannels ${general}`,
    `channel/general ${general}`,
    `messages/general ${general}`,
  ]);
  await settled();
  assert.deepEqual(
    (await queue.deadLetters()).map(({ group, version }) => `${group} ${version}`),
    [`${general} 234`],
  );
  assert.deepEqual(await differences(store, views), before);
  assert.equal((await seen<unknown[]>(views, "allchannels")).data.length, 1);
  await history.register("dora");
  await settled();
  assert.deepEqual(Object.keys((await seen<object>(views, "allusers")).data), ["ada", "bob", "carl", "dora"]);
  history.close();
});

test("catching up passes a damaged event by, and what cannot be routed: whoever projects then puts it aside", async () => {
  const history = await History.ofGeneral();
  await history.create(random, "bob");
  await history.storeStrange(general, 3, strange(general, 3, "channel_exploded"));
  await history.join(random, "ada");
  await history.register("ada");
  const what = `event ${random} 2`;
  const store = instead(history.store, {
    log: async (after: number, limit: number) => {
      const entries = await history.store.log(after, limit);
      const damaged = entries.some(({ stream, version }) => stream === random && version === 2);
      if (damaged) throw new StoreDamaged(what, `${what} is damaged.`);
      return entries;
    },
  });
  const views = new MemoryViews();
  const catchingUp = new CatchingUp(domain, store, views, 0);
  while ((await catchingUp.next()) > 0) {}
  catchingUp.close();
  assert.equal(catchingUp.position, 6);
  assert.deepEqual([...(await all(views)).keys()], ["allchannels", "allusers", "channel/general", "channel/random"]);
  assert.deepEqual((await seen(views, "allchannels")).checkpoint, { [general]: 2, [random]: 1 });
  history.close();
});

test("a module that stops meanwhile costs one more start", async (t) => {
  t.mock.method(console, "error", () => {});
  const own = (await load()) as unknown as Domain;
  const history = await lived();
  let left = 0;
  const stopping = flawed(own, {
    view: (key) => {
      if (key !== "channel/random" || left === 0) return undefined;
      left -= 1;
      return "stops";
    },
  });
  const { store, views, settled, follows } = await running(history.store, { domain: stopping });
  await settled();
  left = 1;
  const { generation } = await follows.replay();
  assert.equal(left, 0);
  assert.equal(views.generation, generation);
  await history.say(general, "later");
  await settled();
  await assertEqualToLog(store, views);
  history.close();
});

test("a process that dies at any call of a replay leaves whole views: the old ones or the new ones", async () => {
  const history = await lived();
  const whole = (await all((await replayedTo(history, { call: 0, when: "before" })).views)).size;
  for (const when of ["before", "after"] as const) {
    for (let call = 1; ; call += 3) {
      const { views, store, dead } = await replayedTo(history, { call, when });
      if (!dead) break;
      const next = await running(store, { views });
      await next.settled();
      await next.close();
      await assertEqualToLog(store, views);
      assert.equal((await all(views)).size, whole);
    }
  }
  history.close();
});

async function replayedTo(history: History, death: Death) {
  const store = await copyOf(history.store);
  const views = new MemoryViews();
  const before = await running(store, { views });
  await before.settled();
  await before.close();
  const mortal = new Mortal(death);
  const begun = new Map<unknown, ViewStore>();
  const mortalViews = instead(mortal.port<ViewStore>(views), {
    begin: mortal.port({
      begin: async () => {
        const next = await views.begin();
        const own = mortal.port(next, ["keys"]);
        begun.set(own, next);
        return own;
      },
    }).begin,
    switchTo: mortal.port({ switchTo: async (next: ViewStore) => views.switchTo(begun.get(next) ?? next) }).switchTo,
  });
  const process = await running(mortal.port(store, ["onCommit"]), { views: mortalViews });
  const replaying = process.follows.replay().then(
    () => undefined,
    () => undefined,
  );
  await whileTimePasses(process.clock, Promise.race([replaying, mortal.died.promise]));
  await whileTimePasses(process.clock, process.close());
  return { views, store, dead: mortal.dead };
}
