// Objects, text and bytes are three ways to one verdict.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, loadSync } from "@crowbar/domain/chat";
import fc from "fast-check";
import { bytes, history, noon, stream, text, uuid } from "./general.ts";

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
