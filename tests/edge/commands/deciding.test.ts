import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Reply } from "../../../edge/commands/commands.ts";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import {
  bob,
  bytes,
  codeOf,
  command,
  create,
  domain,
  general,
  instead,
  join,
  noon,
  say,
  small,
  told,
  uuid,
} from "./said.ts";

test("a command becomes events, and its verdict the answer", async () => {
  const { send, log } = small();
  const reply = await send(create(1));
  assert.equal(reply.kind, "accepted");
  if (reply.kind !== "accepted") return;
  const verdict = JSON.parse(new TextDecoder().decode(reply.verdict));
  assert.deepEqual(await log(), verdict.events);
  assert.equal(verdict.events[0].at, noon);
  assert.deepEqual(verdict.events[0].actor, { id: "ada", roles: [] });
});

test("fifty writers on one stream leave no gap and no duplicate", async () => {
  const { send, log } = small();
  await send(create(1));
  const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => send(join(100 + i), { id: `user${i}` })));
  assert.ok(replies.every(({ kind }) => kind === "accepted"));
  assert.deepEqual(
    (await log()).map(({ version }) => version),
    Array.from({ length: 51 }, (_, i) => i + 1),
  );
});

test("fifty writers of as many processes on one stream leave no gap and no duplicate", async () => {
  const { store, send, log } = small();
  await send(create(1));
  const others = Array.from({ length: 50 }, () => small({ store }));
  const replies = await Promise.all(
    others.map((other, i) => retried(() => other.send(join(100 + i), { id: `user${i}` }))),
  );
  assert.deepEqual(new Set(replies.map(codeOf)), new Set(["accepted"]));
  const events = await log();
  assert.deepEqual(
    events.map(({ version }) => version),
    Array.from({ length: 51 }, (_, i) => i + 1),
  );
  assert.equal(new Set(events.map(({ data }) => JSON.stringify(data))).size, 51);
});

test("one command sent a hundred times at once and again later makes one event, and equal answers", async () => {
  const { store, send, log } = small();
  await send(create(1));
  const others = Array.from({ length: 10 }, () => small({ store }));
  const hundred = Array.from({ length: 100 }, (_, i) => others[i % 10]?.send(say(2, "hello")));
  const replies = [
    ...(await Promise.all(hundred)),
    await send(say(2, "hello")),
    await small({ store }).send(say(2, "hello")),
  ];
  assert.equal(new Set(replies.map((reply) => told(reply as Reply))).size, 1);
  assert.equal((await log()).length, 2);
});

test("a refused command stays refused, also when the rule would say yes by now", async () => {
  const { send } = small();
  await send(create(1));
  assert.equal(codeOf(await send(say(2), bob)), "not_a_member");
  await send(join(3), bob);
  assert.equal(codeOf(await send(say(2), bob)), "not_a_member");
  assert.equal(codeOf(await send(say(4), bob)), "accepted");
});

test("what was already so stays the answer, at the version at which it was so", async () => {
  const { send } = small();
  await send(create(1));
  const first = await send(join(2));
  await send(say(3));
  assert.equal(told(await send(join(2))), told(first));
});

test("a command id that was used for something else is refused, to its sender and to others", async () => {
  const { send, log } = small();
  await send(create(1));
  await send(say(2, "hello"));
  assert.equal(codeOf(await send(say(2, "goodbye"))), "command_id_reused");
  assert.equal(codeOf(await send(say(2, "hello"), bob)), "command_id_reused");
  const racing = await Promise.all([send(say(3, "a")), send(say(3, "b")), send(say(3, "a"), bob)]);
  assert.deepEqual(racing.map(codeOf), ["accepted", "command_id_reused", "command_id_reused"]);
  assert.equal((await log()).length, 3);
});

test("the same command in another order of members, or after folding, is the same command", async () => {
  const { send, log } = small();
  await send(create(1));
  const said = say(2, "hello");
  const first = await send(said);
  const { id, stream, type, data } = said;
  const turned = { data: Object.fromEntries(Object.entries(data).reverse()), type, stream, id };
  assert.equal(told(await send(turned)), told(first));
  assert.equal(told(await send({ ...said, expectedVersion: 77 })), told(first));
  assert.equal((await log()).length, 2);
});

test("an expected version that is not the stream's is a conflict, and may come again with another", async () => {
  const { send } = small();
  await send(create(1));
  const reply = await send({ ...say(2), expectedVersion: 5 });
  assert.equal(codeOf(reply), "version_conflict");
  if (reply.kind === "refused")
    assert.equal(reply.refusal.message, "Expected version 5, stream channel-general is at 1.");
  assert.equal(codeOf(await send({ ...say(2), expectedVersion: 1 })), "accepted");
});

test("of commands that expect the same version, one is accepted", async () => {
  const { send, log } = small();
  await send(create(1));
  const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => send({ ...say(10 + i), expectedVersion: 1 })));
  assert.equal(replies.filter(({ kind }) => kind === "accepted").length, 1);
  assert.equal(replies.filter((reply) => codeOf(reply) === "version_conflict").length, 19);
  assert.equal((await log()).length, 2);
});

test("of two channels that want one name, one gets it and the other one hears why", async () => {
  const { send, store } = small();
  const replies = await Promise.all([send(create(1)), send(create(2, "general", "channel-other"), bob)]);
  assert.deepEqual(replies.map(codeOf).sort(), ["accepted", "channel_name_taken"]);
  assert.deepEqual([...(await store.claimed(["channel-name:general"])).values()], [general]);
});

test("what was decided upon a name that was not to be had is decided anew", async () => {
  const { send, log } = small();
  await send(create(1));
  const other = "channel-other";
  const replies = await Promise.all([
    send(create(2, "general", other), bob),
    send(say(3, "in vain", other), bob),
    send(create(4, "elsewhere", other), bob),
    send(say(5, "there", other), bob),
  ]);
  assert.deepEqual(replies.map(codeOf), ["channel_name_taken", "channel_not_found", "accepted", "accepted"]);
  assert.deepEqual(
    (await log(other)).map(({ type }) => type),
    ["channel_created", "message_sent"],
  );
});

test("what is no command is told in the module's words, and leaves nothing", async () => {
  const { send, store } = small();
  const codes = await Promise.all(
    ["", "{", "[]", '"text"', "null", '{"id":1}', '{"id":"x","stream":"channel-a"}', '{"a":1,"a":2}', "\u0000"].map(
      async (text) => codeOf(await send(text)),
    ),
  );
  assert.deepEqual(codes, [
    "empty_input",
    "unexpected_end",
    "wrong_type",
    "wrong_type",
    "wrong_type",
    "wrong_type",
    "id_invalid",
    "unknown_key",
    "nul_byte",
  ]);
  assert.equal(codeOf(await send(command(1, "join_channel", {}, "nothing-a"))), "unknown_aggregate");
  assert.equal(codeOf(await send(command(1, "join_channel", {}, "channel"))), "stream_invalid");
  assert.equal(codeOf(await send(command(1, "explode"))), "unknown_type");
  assert.deepEqual(await store.streams("", 10), []);
});

test("an id that is none spoils nothing for those who are decided with it", async () => {
  const { send } = small();
  await send(create(1));
  const ids = ["\u0000", "x", "", "ü".repeat(36), "a".repeat(60_000), uuid(2).toUpperCase().replace("0", "A")];
  const replies = await Promise.all([send(say(3)), ...ids.map((id) => send({ ...say(2), id })), send(say(4))]);
  assert.deepEqual(replies.map(codeOf), ["accepted", ...ids.map(() => "id_invalid"), "accepted"]);
});

test("a body that is a command twice is read strictly", async () => {
  const { send } = small();
  const text = JSON.stringify(create(1));
  assert.equal(codeOf(await send(text.replace('"data":', '"data":{},"data":'))), "duplicate_key");
  assert.equal(codeOf(await send(`${text} ${text}`)), "trailing_content");
});

test("a client of rules that nobody knows has to reload", async () => {
  const { send } = small();
  const reply = await send(create(1), undefined, { domain: "f".repeat(64) });
  assert.equal(codeOf(reply), "domain_unknown");
});

test("only who is admitted reads a stream", async () => {
  const { commands, send } = small();
  await send(create(1));
  await send(say(2));
  const read = await commands.events(general, 1, 10, { id: "ada" });
  assert.ok("events" in read);
  assert.equal(read.version, 2);
  const refusals = await Promise.all([
    commands.events(general, 0, 10, bob),
    commands.events("channel-nowhere", 0, 10, bob),
    commands.events("nothing-a", 0, 10, bob),
    commands.events("../etc", 0, 10, bob),
  ]);
  assert.deepEqual(
    refusals.map((refusal) => "code" in refusal && refusal.code),
    ["not_allowed", "stream_not_found", "unknown_aggregate", "unknown_aggregate"],
  );
  await send(join(3), bob);
  assert.equal(await commands.admits(general, bob), true);
  await send(command(4, "leave_channel"), bob);
  assert.equal(await commands.admits(general, bob), false);
});

test("a command that arrives while its lane ends is not forgotten", async () => {
  const { send } = small();
  await send(create(1));
  for (let i = 0; i < 200; i += 1) {
    const first = send(say(1000 + 2 * i));
    for (let ticks = 0; ticks < i % 40; ticks += 1) await null;
    const replies = await Promise.all([first, send(say(1001 + 2 * i))]);
    assert.deepEqual(replies.map(codeOf), ["accepted", "accepted"]);
  }
});

test("a long stream is taken up again from its snapshot", async () => {
  const { send, store } = small();
  await send(create(1));
  await Promise.all(Array.from({ length: 2_500 }, (_, i) => send(say(10 + i))));
  const snapshot = await store.snapshot(general, domain.hash);
  assert.ok(snapshot !== undefined && snapshot.version >= 1_000);
  const reads: number[] = [];
  const watched = instead(store, {
    read: (stream, after, limit) => {
      reads.push(after);
      return store.read(stream, after, limit);
    },
  });
  const later = small({ store: watched });
  assert.equal(codeOf(await later.send(say(5_000))), "accepted");
  assert.equal(reads[0], snapshot.version);
});

test("a store that cannot answer is told, and the command is taken when it comes again", async () => {
  const { store } = small();
  let full = true;
  const failing = instead(store, {
    append: (append) => (full ? Promise.reject(new StoreUnavailable("full", "no room")) : store.append(append)),
  });
  const { send, log } = small({ store: failing });
  const replies = await Promise.all([send(create(1)), send(say(2)), send(say(3))]);
  assert.deepEqual(replies.map(codeOf), ["store_unavailable", "store_unavailable", "store_unavailable"]);
  full = false;
  assert.deepEqual((await Promise.all([send(create(1)), send(say(2)), send(say(3))])).map(codeOf), [
    "accepted",
    "accepted",
    "accepted",
  ]);
  assert.equal((await log()).length, 3);
});

test("a past moment is a fact that only an importer brings", async () => {
  const { commands, log, clock } = small();
  await commands.submit({ command: bytes(create(1)), actor: { id: "ada" }, at: 42 });
  clock.advance(1_000);
  await commands.submit({ command: bytes(say(2)), actor: { id: "ada" } });
  const [first, second] = (await log()) as unknown as { at: number }[];
  assert.deepEqual([first?.at, second?.at], [42, noon + 1_000]);
});

/** As a client does: a stream that is busy is asked again. */
async function retried(send: () => ReturnType<ReturnType<typeof small>["send"]>) {
  for (;;) {
    const reply = await send();
    if (codeOf(reply) !== "stream_busy") return reply;
    await setImmediate();
  }
}
