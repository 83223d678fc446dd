import assert from "node:assert/strict";
import { test } from "node:test";
import { circumstances } from "../../../edge/commands/received.ts";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import type { NearSnapshot } from "../../../edge/viewer/near.ts";
import { NearStore } from "../../../edge/viewer/near_store.ts";
import { withClaims } from "../auth/issuer.ts";
import {
  ada,
  bob,
  bytes,
  command,
  create,
  general,
  instead,
  join,
  noon,
  type Said,
  type Small,
  say,
  small,
} from "../commands/said.ts";
import { atTheEdge, chat, outcomeOf, posted, wasPassed } from "./at_the_edge.ts";

const bobs = `Bearer ${withClaims({ sub: "bob" })}`;
const at = (expectedVersion: number, said: Said): Said => ({ ...said, expectedVersion });

/** What the state of general was when it had so many events. */
async function snapshotOf({ store }: Small, version: number): Promise<NearSnapshot> {
  using channel = chat.open("channel", general);
  channel.fold((await store.read(general, 0, version)).events);
  return { version, bytes: channel.snapshot() };
}

/** The function, with general near as it was at a version, in front of the truth. */
async function near(parts: Small, version: number) {
  await parts.store.saveSnapshot({ stream: general, domain: chat.hash, ...(await snapshotOf(parts, version)) });
  const { handler } = atTheEdge({ near: new NearStore(parts.store, chat.hash) });
  return async (said: Said, headers = {}) => handler(posted(said, headers));
}

test("without a state near, only what cannot be read is refused", async () => {
  const { handler } = atTheEdge();
  const outcome = async (said: object) => outcomeOf(await handler(posted(said)));
  assert.equal(await outcome(say(1)), "passed", "whether there is such a channel, only the truth knows");
  assert.equal(await outcome(say(1, "")), "passed", "what a text has to be is a rule's to say");
  assert.equal(await outcome(at(7, say(1))), "passed");
  assert.equal(await outcome({ ...say(1), more: 1 }), "400 unknown_key");
  assert.equal(await outcome({ ...say(1), type: "shout" }), "400 unknown_type");
  assert.equal(await outcome({ ...say(1), id: "1" }), "400 id_invalid");
  assert.equal(await outcome({ ...say(1), data: {} }), "400 missing_key");
  assert.equal(await outcome({ ...say(1), expectedVersion: -1 }), "400 value_out_of_range");
  assert.equal(await outcome({ ...say(1), stream: "planet-mars" }), "400 unknown_aggregate");
  assert.equal(await outcome({ ...say(1), stream: "general" }), "400 unknown_aggregate");
  assert.equal(await outcome({ ...say(1), stream: "channel-" }), "400 stream_invalid");
  assert.equal(await outcome({ ...say(1), stream: "channel-a/b" }), "400 stream_invalid");
  assert.equal(await outcome(say(1, "x".repeat(70_000))), "413 too_large");
});

test("a rule's no is not the reader's, whatever it is called", async () => {
  const catalog = structuredClone(chat.describe());
  for (const { rejections } of catalog.aggregates) {
    for (const rejection of rejections) Object.assign(rejection, { outcome: "malformed" });
  }
  const { handler } = atTheEdge({ domain: instead(chat, { describe: () => catalog }) });
  assert.equal(outcomeOf(await handler(posted(say(1)))), "passed");
});

test("the answer is the one that the truth would give, but for its place", async () => {
  const parts = small();
  const { handler } = atTheEdge();
  for (const said of [
    { ...say(1), more: 1 },
    { ...say(1), stream: "planet-mars" },
    { ...say(1), stream: "x" },
    {},
    { id: 1 },
  ]) {
    const result = await handler(posted(said));
    const truth = await parts.send(said);
    assert.ok(!wasPassed(result) && truth.kind === "refused");
    const { error } = JSON.parse(result.body ?? "");
    const { code, message, pointer, params } = truth.refusal;
    assert.deepEqual({ code: error.code, message: error.message }, { code, message });
    assert.deepEqual([error.pointer, error.params ?? {}], [pointer, params ?? {}]);
  }
});

test("whoever decides by other rules is not told that he misreads these", async () => {
  const { handler } = atTheEdge();
  const unknown = { ...say(1), type: "send_message_2" };
  assert.equal(outcomeOf(await handler(posted(unknown, { "crowbar-domain": "another" }))), "passed");
  assert.equal(outcomeOf(await handler(posted(unknown, { "crowbar-domain": [chat.hash, "another"] }))), "passed");
  assert.equal(outcomeOf(await handler(posted(unknown, { "crowbar-domain": chat.hash }))), "400 unknown_type");
  assert.equal(outcomeOf(await handler(posted("{", { "crowbar-domain": "another" }))), "passed");
});

test("below the version that is near it is a conflict, which names both versions", async () => {
  const parts = small();
  await parts.send(create(1));
  await parts.send(join(2), bob);
  const send = await near(parts, 2);
  const said = at(1, say(3));
  const result = await send(said);
  assert.equal(outcomeOf(result), "409 version_conflict");
  const truth = await parts.send(said);
  assert.ok(!wasPassed(result) && truth.kind === "refused");
  const { retryable, requestId, ...error } = JSON.parse(result.body ?? "").error;
  const { outcome, ...refusal } = truth.refusal;
  assert.deepEqual([error, retryable, requestId !== ""], [refusal, true, true]);
  assert.equal(outcome, "conflict");
  assert.equal(error.message, "Expected version 1, stream channel-general is at 2.");
});

test("at the version that is near the rules say no as they would behind it", async () => {
  const parts = small();
  await parts.send(create(1));
  const send = await near(parts, 1);
  assert.equal(outcomeOf(await send(at(1, say(2)), { authorization: bobs })), "403 not_a_member");
  assert.equal(outcomeOf(await send(at(1, create(3)))), "422 channel_already_exists");
  assert.equal(outcomeOf(await send(at(1, say(4, "")))), "422 text_empty");
  assert.equal(outcomeOf(await send(at(1, say(5)))), "passed");
});

test("beyond the version that is near, and without an expected one, the truth decides", async () => {
  const parts = small();
  await parts.send(create(1));
  const send = await near(parts, 1);
  assert.equal(outcomeOf(await send(at(2, say(2)), { authorization: bobs })), "passed");
  assert.equal(outcomeOf(await send(say(3), { authorization: bobs })), "passed");
});

test("a command that was decided before is not told that it is late: its first verdict is the answer", async () => {
  const parts = small();
  await parts.send(create(1));
  const said = at(1, say(2));
  assert.equal((await parts.send(said)).kind, "accepted");
  const send = await near(parts, 2);
  assert.equal(outcomeOf(await send(said)), "passed");
  const refused = at(2, say(3, ""));
  assert.equal((await parts.send(refused)).kind, "refused");
  assert.equal(outcomeOf(await send(refused)), "passed");
  assert.equal(outcomeOf(await send(at(1, say(4)))), "409 version_conflict");
});

test("a state that is older than what is expected says nothing, whoever hands it out", async () => {
  const parts = small();
  await parts.send(create(1));
  const snapshot = await snapshotOf(parts, 1);
  const { handler } = atTheEdge({ near: { find: async () => snapshot } });
  assert.equal(outcomeOf(await handler(posted(at(2, create(2))))), "passed");
  await parts.store.saveSnapshot({ stream: general, domain: chat.hash, ...snapshot });
  const near = new NearStore(parts.store, chat.hash);
  assert.deepEqual(
    [(await near.find(general, "none", 1))?.version, await near.find(general, "none", 2)],
    [1, undefined],
  );
});

test("a large state is told by its version, and not opened", async () => {
  using channel = chat.open("channel", general);
  const context = circumstances(noon, ada, []);
  channel.evolve(channel.decideBytes(bytes(create(1)), context));
  for (let i = 2; i <= 8_000; i += 1) channel.evolve(channel.decideBytes(bytes(say(i)), context));
  const large = { version: channel.version, bytes: channel.snapshot() };
  assert.ok(large.bytes.length > 256 << 10);
  const opened: Uint8Array[] = [];
  const domain = instead(chat, {
    restore: (snapshot: Uint8Array) => {
      opened.push(snapshot);
      return chat.restore(snapshot);
    },
  } as Partial<typeof chat>);
  const { handler } = atTheEdge({ domain, near: { find: async () => large } });
  assert.equal(outcomeOf(await handler(posted(at(large.version - 1, create(9_000))))), "409 version_conflict");
  assert.equal(outcomeOf(await handler(posted(at(large.version, create(9_000))))), "passed");
  assert.deepEqual(opened, []);
});

test("a state is looked for again once in a while, and its stream is not asked of the store each time", async () => {
  const parts = small();
  await parts.send(create(1));
  let asked = 0;
  const store = instead(parts.store, {
    snapshot: (stream: string, module: string) => {
      asked += 1;
      return parts.store.snapshot(stream, module);
    },
  });
  const near = new NearStore(store, chat.hash);
  const find = () => near.find(general, "none", 1);
  assert.equal(await find(), undefined);
  await parts.store.saveSnapshot({ stream: general, domain: chat.hash, ...(await snapshotOf(parts, 1)) });
  let calls = 1;
  while ((await find()) === undefined) calls += 1;
  assert.deepEqual([asked, calls], [2, 65]);
});

test("a snapshot of another module, a damaged one, or a store that does not answer is no reason for a no", async () => {
  const parts = small();
  await parts.send(create(1));
  const snapshot = await snapshotOf(parts, 1);
  const damaged = snapshot.bytes.slice();
  damaged.fill(0xff, damaged.length / 2);
  const said = posted(at(1, create(2)));
  for (const bytes of [damaged, new Uint8Array(0), snapshot.bytes.subarray(0, 20), new Uint8Array(1 << 20)]) {
    const { handler } = atTheEdge({ near: { find: async () => ({ version: 1, bytes }) } });
    assert.equal(outcomeOf(await handler(said)), "passed");
  }
  const store = new MemoryEventStore({
    fault: () => {
      throw new StoreUnavailable("io", "The disk is gone.");
    },
  });
  const { handler } = atTheEdge({ near: new NearStore(store, chat.hash) });
  assert.equal(outcomeOf(await handler(said)), "passed");
});

test("a snapshot that lies about its stream stops the request, for then nothing is sure", async () => {
  const parts = small();
  await parts.send(create(1));
  const { bytes } = await snapshotOf(parts, 1);
  const { handler, defects } = atTheEdge({ near: { find: async () => ({ version: 1, bytes }) } });
  const elsewhere = command(2, "join_channel", {}, "channel-other");
  assert.equal(outcomeOf(await handler(posted(at(1, elsewhere)))), "500 defect");
  assert.equal(defects.length, 1);
});

test("every person that a token may name can be decided for", async () => {
  const { handler } = atTheEdge();
  const groups = Array.from({ length: 100 }, (_, i) => `${"💥".repeat(30)}"\\${i}`);
  const authorization = `Bearer ${withClaims({ sub: "a".repeat(128), "cognito:groups": groups.slice(0, 20) })}`;
  assert.equal(outcomeOf(await handler(posted(say(1), { authorization }))), "passed");
});
