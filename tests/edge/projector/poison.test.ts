// Events that cannot be read or projected: they are put aside with their reason, their stream halts there and nowhere else,
// and goes on when the cause is mended and somebody says so.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "@crowbar/domain/chat";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import type { Domain } from "../../../edge/domain.ts";
import { JournalFile } from "../../../edge/relay/journal_file.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import { flawed } from "./flawed_domain.ts";
import { domain, general, noon, random, strange, twoChannels } from "./history.ts";
import { running } from "./running.ts";
import { assertEqualToLog, differences, seen } from "./seen.ts";

const folder = await mkdtemp(join(tmpdir(), "crowbar-poison-"));
after(() => rm(folder, { recursive: true }));

const queueAt = (name: string) =>
  MemoryQueue.open({ clock: new FixedClock(noon), journal: new JournalFile(join(folder, name)) });

for (const [what, event, reason] of [
  ["of an unknown type", strange(general, 4, "channel_exploded"), /channel_exploded/],
  ["of a schema that is not written yet", strange(general, 4, "message_sent", {}, 99), /message_sent/],
  ["with a member of another type", strange(general, 4, "message_sent", { messageId: 7, text: "x" }), /./],
  ["of another stream", strange(random, 4, "channel_renamed", { name: "x" }), /./],
  ["of another version", strange(general, 9, "channel_renamed", { name: "x" }), /./],
  ["that is no JSON", "{", /./],
  ["that is no object", "7", /./],
] as const) {
  test(`an event ${what} halts its stream; the others go on`, async () => {
    const history = await twoChannels();
    await history.storeStrange(general, 4, event);
    await history.storeStrange(general, 5, strange(general, 5, "channel_renamed", { name: "later" }));
    await history.say(random, "r1", "bob");
    const { views, queue, parked, settled, failures } = await running(history.store);
    await settled();
    const letters = await queue.deadLetters();
    assert.deepEqual(
      letters.map(({ group, stream, version }) => ({ group, stream, version })),
      [{ group: general, stream: general, version: 4 }],
    );
    assert.match(letters[0]?.reason ?? "", reason);
    assert.equal(letters[0]?.waiting, 2);
    assert.deepEqual(parked.length, 1);
    assert.deepEqual(failures, []);
    assert.equal((await seen<{ name: string }>(views, "channel/general")).data.name, "general");
    assert.equal((await seen<{ messages: number }>(views, "channel/random")).data.messages, 1);
    assert.equal((await seen<unknown[]>(views, "allchannels")).data.length, 2);
    const unlike = await differences(history.store, views);
    assert.ok(
      unlike.every(({ kind, stream, version }) => kind === "unfoldable" && stream === general && version === 4),
    );
    history.close();
  });
}

const unknownReaction = (line: string) => (line.includes('"type":"reaction_added"') ? "refuses" : undefined);

test("once the module knows the event, a person lets the stream go on, and nothing of it is missing", async () => {
  const history = await twoChannels();
  await history.react(general, "m1", "👍", "bob");
  await history.say(general, "m2");
  const views = new MemoryViews();
  const older = flawed(domain, { view: (_, line) => unknownReaction(line), stream: unknownReaction });
  const before = await running(history.store, { views, domain: older, queue: await queueAt("mended") });
  await before.settled();
  await history.say(general, "m3");
  await before.settled();
  assert.equal((await before.queue.deadLetters())[0]?.waiting, 3);
  await before.close();
  assert.equal((await seen<unknown[]>(views, "messages/general/1")).data.length, 1);

  // The next process has the next module. The stream stays halted, whatever happens in it, until somebody has looked.
  const { store } = history;
  const next = await running(store, { views, queue: await queueAt("mended") });
  await next.settled();
  assert.deepEqual(
    (await next.queue.deadLetters()).map(({ version, stream }) => `${stream} ${version}`),
    [`${general} 4`],
  );
  assert.equal(await next.queue.redrive(), 1);
  await next.settled();
  await assertEqualToLog(store, views);
  assert.deepEqual(await next.queue.deadLetters(), []);
  history.close();
});

test("a process that dies while a stream is let go on leaves it to the next one", async () => {
  const history = await twoChannels();
  await history.react(general, "m1", "👍", "bob");
  await history.say(general, "m2");
  const views = new MemoryViews();
  const older = flawed(domain, { view: (_, line) => unknownReaction(line), stream: unknownReaction });
  const before = await running(history.store, { views, domain: older, queue: await queueAt("dying") });
  await before.settled();
  await before.close();
  const dying = await queueAt("dying");
  await dying.redrive();
  await dying.close();
  const { store } = history;
  const next = await running(store, { views, queue: await queueAt("dying") });
  await next.settled();
  await assertEqualToLog(store, views);
  await next.close();
  const last = await queueAt("dying");
  assert.equal(await last.depth(), 0);
  await last.close();
  history.close();
});

const overviewRefuses = (key: string, line: string) =>
  key === "channel/general" && line.includes('"messageId":"m2"') ? ("refuses" as const) : undefined;

test("an event that one view cannot take halts the stream for that view alone", async () => {
  const history = await twoChannels();
  const { store } = history;
  await history.say(general, "m2");
  await history.say(general, "m3");
  const views = new MemoryViews();
  const queue = await queueAt("alone");
  const before = await running(store, { views, queue, domain: flawed(domain, { view: overviewRefuses }) });
  await before.settled();
  assert.deepEqual(await queue.deadLetters(), [
    { group: "channel/general", stream: general, version: 4, reason: "It is not known here.", waiting: 2 },
  ]);
  assert.equal((await seen<{ messages: number }>(views, "channel/general")).data.messages, 1);
  assert.equal((await seen<unknown[]>(views, "messages/general/1")).data.length, 3);
  await history.say(general, "m4");
  await before.settled();
  assert.equal((await queue.deadLetters())[0]?.waiting, 3);
  assert.equal((await seen<{ messages: number }>(views, "channel/general")).data.messages, 1);

  // Let go on too soon, it halts again, at the same event.
  await queue.redrive("channel/general");
  await before.settled();
  assert.equal((await queue.deadLetters())[0]?.version, 4);
  await before.close();

  const next = await running(store, { views, queue: await queueAt("alone") });
  await next.queue.redrive();
  await next.settled();
  await assertEqualToLog(store, views);
  history.close();
});

test("of a view over many streams, the others go on past the one that is halted", async () => {
  const history = await twoChannels();
  await history.join(random, "ada");
  await history.rename(general, "lounge");
  await history.join(random, "carl");
  const refuses = (key: string, line: string) =>
    key === "allchannels" && line.includes("lounge") ? ("refuses" as const) : undefined;
  const { views, queue, settled } = await running(history.store, { domain: flawed(domain, { view: refuses }) });
  await settled();
  const { data, checkpoint } = await seen<{ name: string; users: number }[]>(views, "allchannels");
  assert.deepEqual(
    data.map(({ name, users }) => `${name} ${users}`),
    ["general 2", "random 3"],
  );
  assert.deepEqual(checkpoint, { [general]: 3, [random]: 3 });
  assert.equal((await queue.deadLetters()).length, 1);
  history.close();
});

test("a module that stops is opened anew, and goes on; on an event that stops it each time only its stream halts", async (t) => {
  t.mock.method(console, "error", () => {});
  const own = (await load()) as unknown as Domain;
  const history = await twoChannels();
  await history.say(general, "m2", "ada", "once");
  await history.say(general, "m3", "ada", "always");
  await history.say(general, "m4");
  await history.say(random, "r1", "bob");
  let once = 1;
  let stops = 0;
  const stopping = flawed(own, {
    view: (key, line) => {
      if (key !== "messages/general/1") return undefined;
      if (line.includes('"always"')) {
        stops += 1;
        return "stops";
      }
      if (line.includes('"once"') && once > 0) {
        once -= 1;
        return "stops";
      }
      return undefined;
    },
  });
  const { views, queue, settled, store } = await running(history.store, { domain: stopping });
  await settled();
  const [letter, more] = await queue.deadLetters();
  assert.equal(more, undefined);
  assert.deepEqual(
    { ...letter, reason: "" },
    { group: "messages/general/1", stream: general, version: 5, reason: "", waiting: 2 },
  );
  assert.match(letter?.reason ?? "", /stops/);
  assert.ok(stops >= 2 && stops < 20, `it stopped ${stops} times`);
  const unlike = await differences(store, views);
  assert.deepEqual(
    unlike.map(({ view, kind }) => `${view} ${kind}`),
    ["messages/general/1 behind"],
  );
  history.close();
});

test("a module that stops while an event is routed is opened anew, too", async (t) => {
  t.mock.method(console, "error", () => {});
  const own = (await load()) as unknown as Domain;
  const history = await twoChannels();
  await history.say(general, "m2", "ada", "once");
  let left = 1;
  const stopping = flawed(own, {
    stream: (line) => {
      if (!line.includes('"once"') || left === 0) return undefined;
      left -= 1;
      return "stops";
    },
  });
  const { views, queue, settled, store } = await running(history.store, { domain: stopping });
  await settled();
  assert.deepEqual(await queue.deadLetters(), []);
  await assertEqualToLog(store, views);
  history.close();
});
