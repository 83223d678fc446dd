// Objects, text and bytes are three ways to one verdict.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, loadSync } from "@crowbar/domain/chat";
import fc from "fast-check";
import { ada, bytes, history, noon, stream, text, uuid } from "./general.ts";

const chat = loadSync();

/** Mostly what is right, sometimes what is not. */
const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 7, arbitrary: right }, { weight: 1, arbitrary: wrong });
const id = fc.constantFrom("m1", "m2", "ada", "bob", "eve");
const words = fc.string({ unit: "binary", maxLength: 20 });
const data = fc.record(
  {
    messageId: mostly(id, words),
    text: mostly(words, fc.jsonValue()),
    replyTo: id,
    emoji: fc.constantFrom("👍", "👨‍👩‍👧", "x", ""),
    name: mostly(fc.constantFrom("general", "random"), words),
    description: words,
  },
  { requiredKeys: [] },
);
const types = chat.describe().aggregates.flatMap(({ commands }) => commands.map(({ type }) => type));
const keysOf = Object.fromEntries(
  chat
    .describe()
    .aggregates.flatMap(({ commands }) => commands.map((it) => [it.type, it.data.map(({ name }) => name)])),
);

const command = fc
  .record({ type: fc.constantFrom(...types), data, whole: fc.boolean(), version: fc.option(fc.integer(), { freq: 9 }) })
  .map(({ type, data, whole, version }) => ({
    id: uuid(9),
    stream,
    type,
    ...(version === null ? {} : { expectedVersion: version }),
    // Most have just the keys that the type wants.
    data: whole ? data : Object.fromEntries(Object.entries(data).filter(([key]) => keysOf[type]?.includes(key))),
  }));
const context = fc.record({
  at: mostly(fc.constant(noon), fc.jsonValue()),
  actor: fc.record({ id: mostly(id, words) }),
});

test("objects, text and bytes lead to the same verdict", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const before = channel.snapshot();
  const verdicts = new Set<string>();
  fc.assert(
    fc.property(mostly(command, fc.jsonValue()), mostly(context, fc.jsonValue()), (command, context) => {
      const fromText = channel.decideText(JSON.stringify(command), JSON.stringify(context));
      const fromBytes = channel.decideBytes(bytes(JSON.stringify(command)), bytes(JSON.stringify(context)));
      const verdict = channel.decide(command as Command<"channel">, context as { at: number; actor: { id: string } });
      assert.equal(text(fromBytes), fromText);
      assert.deepEqual(verdict, JSON.parse(fromText));
      assert.equal(JSON.stringify(verdict), fromText, "verdicts are canonical");
      verdicts.add(verdict.accepted ? "accepted" : verdict.rejection.code);
    }),
    { numRuns: 3_000, seed: 20_240 },
  );
  assert.deepEqual(channel.snapshot(), before, "deciding changes nothing");
  for (const seen of ["accepted", "wrong_type", "missing_key", "not_a_member"]) assert.ok(verdicts.has(seen), seen);
});

test("a command that is plainly an object crosses without JSON, whatever its alphabet", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const circumstances = { at: noon, actor: { id: "bob", roles: ["guest"] } };
  const say = (text: string, more: object = {}) =>
    ({ id: uuid(9), stream, type: "send_message", data: { messageId: "m9", text, ...more } }) as Command<"channel">;
  const commands = [say("hello"), say(" hello "), say('größer 👍 \u0000\n"'), say("hi", { replyTo: "m1" })];
  const expected = commands.map((it) => channel.decideText(JSON.stringify(it), JSON.stringify(circumstances)));
  channel.decide(say("hello"), circumstances); // tells the module the circumstances
  const { stringify, parse } = JSON;
  try {
    JSON.stringify = JSON.parse = () => assert.fail("JSON was asked");
    for (const [index, command] of commands.entries()) {
      const verdict = channel.decide(command, { ...circumstances });
      assert.equal(stringify(verdict), expected[index]);
    }
    const later = channel.decide(say("hello"), { ...circumstances, at: noon + 1 });
    assert.ok(later.accepted && later.events[0]?.at === noon + 1);
  } finally {
    Object.assign(JSON, { stringify, parse });
  }
});

test("what is not plainly an object is decided as its JSON", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const circumstances = { at: noon, actor: { id: "bob" } };
  const good = { id: uuid(9), stream, type: "send_message", data: { messageId: "m9", text: "hello" } };
  class Made {
    id = good.id;
    stream = good.stream;
    type = good.type;
    data = good.data;
  }
  const odd: readonly object[] = [
    new Made(),
    Object.create(good),
    { ...good, toJSON: () => ({ ...good, id: uuid(10) }) },
    { ...good, expectedVersion: undefined },
    { ...good, extra: undefined },
    { ...good, extra: 1 },
    { ...good, [Symbol("s")]: 1 },
    { ...good, data: Object.assign(Object.create({ replyTo: "m1" }), good.data) },
    { ...good, data: { ...good.data, replyTo: undefined } },
    { ...good, data: { ...good.data, replyTo: null } },
    { ...good, data: [] },
    { ...good, data: null },
    { ...good, data: { ...good.data, text: new String("hello") } },
    { ...good, data: { ...good.data, text: "\ud800" } },
    { ...good, data: { ...good.data, text: "\uffff" } },
    { ...good, data: { ...good.data, text: "x".repeat(70_000) } },
    { ...good, data: { ...good.data, text: "é".repeat(8_000) } },
    { ...good, data: Object.defineProperty({ ...good.data }, "text", { enumerable: false }) },
    { ...good, type: "constructor" },
    { ...good, expectedVersion: -0 },
    { ...good, expectedVersion: 1.5 },
    { ...good, expectedVersion: 3n },
  ];
  for (const command of odd) {
    const json = (() => {
      try {
        return JSON.stringify(command);
      } catch {
        return undefined; // JSON has no word for it, and so has nobody
      }
    })();
    if (json === undefined) assert.throws(() => channel.decide(command as Command<"channel">, circumstances));
    else {
      const expected = channel.decideText(json, JSON.stringify(circumstances));
      assert.equal(JSON.stringify(channel.decide(command as Command<"channel">, circumstances)), expected);
    }
  }
});

test("an event's actor is its own, and not the caller's object", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const roles = ["guest"];
  const context = { at: noon, actor: { id: "eve", roles } };
  const command = { id: uuid(9), stream, type: "join_channel", data: {} } as const;
  const first = channel.decide(command, context);
  roles.push("admin");
  const second = channel.decide(command, context);
  assert.ok(first.accepted && second.accepted);
  assert.deepEqual(first.events[0]?.actor.roles, ["guest"]);
  assert.deepEqual(second.events[0]?.actor.roles, ["guest", "admin"]);
});

test("whichever way the last context came, each command has its own", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const command = { id: uuid(9), stream, type: "send_message", data: { messageId: "m9", text: "hello" } } as const;
  const contexts = [
    { at: noon, actor: { id: "bob" } },
    { at: noon + 1, actor: { id: "bob" } },
    { at: noon, actor: { id: "eve" } },
    { at: -1, actor: { id: "bob" } },
    { at: -0, actor: { id: "bob" } },
    { at: noon, actor: { id: "bob", roles: ["guest"] } },
    { at: noon, actor: { id: "bob", roles: Object.assign(["guest"], { toJSON: () => ["admin"] }) } },
  ];
  const expected = contexts.map((context) => text(channel.decideBytes(bytes(command), bytes(context))));
  const ways = [
    (context: (typeof contexts)[0]) => text(channel.decideBytes(bytes(command), bytes(context))),
    (context: (typeof contexts)[0]) => channel.decideText(JSON.stringify(command), JSON.stringify(context)),
    (context: (typeof contexts)[0]) => JSON.stringify(channel.decide(command, context)),
    (context: (typeof contexts)[0]) => {
      using copy = chat.restore<"channel">(channel.snapshot());
      try {
        return text(copy.decideMany(bytes(command), bytes(context))).trimEnd();
      } catch (error) {
        return JSON.stringify({ accepted: false, rejection: (error as { rejection?: unknown }).rejection ?? "fault" });
      }
    },
  ];
  for (let turn = 0; turn < 400; turn += 1) {
    const context = turn % contexts.length;
    const way = Math.floor(turn * 7.3) % ways.length;
    const verdict = ways[way]?.(contexts[context] as (typeof contexts)[0]);
    if (way !== 3 || contexts[context]?.at !== -1) assert.equal(verdict, expected[context], `turn ${turn}, way ${way}`);
  }
});

test("a moment of minus zero is zero, as JSON says", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const verdict = channel.decide(
    { id: uuid(9), stream, type: "join_channel", data: {} },
    { at: -0, actor: { id: "eve" } },
  );
  assert.ok(verdict.accepted && Object.is(verdict.events[0]?.at, 0));
});

test("no answer is lost with another that was handed to a thread", () => {
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const command = bytes({ id: uuid(9), stream, type: "join_channel", data: {} });
  const decide = () => channel.decideBytes(command, bytes(ada));
  const [first, second] = [decide(), decide()];
  const before = text(second);
  assert.throws(() => structuredClone(first.buffer, { transfer: [first.buffer as ArrayBuffer] }), {
    name: "DataCloneError",
  });
  assert.equal(text(second), before);
  assert.equal(text(decide()), before);
});
