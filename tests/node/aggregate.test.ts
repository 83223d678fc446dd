// The state of one stream: folding, deciding, evolving, snapshots.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Command, loadSync, type Types } from "@crowbar/domain/chat";
import type { CreateModule } from "../../wasm/dist/src/bindings.js";
import { loaders } from "../../wasm/dist/src/load.js";
import { ada, bob, bobJoined, bytes, created, ndjson, noon, said, say, stored, stream, text, uuid } from "./general.ts";

const chat = loadSync();

/** general with ada and bob in it. */
function general() {
  const channel = chat.open("channel", stream);
  channel.fold(stored([created, bobJoined]));
  return channel;
}

test("a stream is opened by its aggregate and name", () => {
  using channel = chat.open("channel", stream);
  assert.equal(channel.stream, stream);
  assert.equal(channel.version, 0);
  assert.deepEqual(channel.claims, []);
  assert.throws(() => chat.open("chanel" as "channel", stream), { name: "CrowbarError", code: "unknown_aggregate" });
  assert.throws(() => chat.open("channel", "user-ada"), { name: "CrowbarError", code: "stream_invalid" });
  assert.throws(() => chat.open("channel", "channel-"), { code: "stream_invalid" });
  assert.throws(() => chat.open("channel", "channel-\ud800"), { code: "stream_invalid" });
});

test("events are folded as bytes, as text and as objects alike", () => {
  const events = stored([created, bobJoined, said("m1")]);
  const lines = ndjson(events);
  using fromObjects = chat.open("channel", stream);
  using fromBytes = chat.open("channel", stream);
  using fromText = chat.open("channel", stream);
  using oneByOne = chat.open("channel", stream);
  fromObjects.fold(events);
  fromBytes.fold(lines);
  fromText.fold(text(lines).trimEnd());
  for (const event of events) oneByOne.fold([event]);
  fromBytes.fold([]);
  for (const channel of [fromObjects, fromBytes, fromText, oneByOne]) {
    assert.equal(channel.version, 3);
    assert.deepEqual(channel.claims, ["channel-name:general"]);
    assert.deepEqual(channel.snapshot(), fromObjects.snapshot());
  }
});

test("a gap between events is refused by name, and what came before it stays", () => {
  using channel = general();
  const gap = [...stored([said("m1")], 3), ...stored([said("m2")], 5)];
  assert.throws(
    () => channel.fold(gap),
    (error: unknown) => {
      assert.ok(error instanceof Error && "code" in error && "params" in error);
      assert.equal(error.name, "CrowbarError");
      assert.equal(error.code, "version_gap");
      assert.match(error.message, /channel-general/);
      assert.match(error.message, /4/);
      assert.match(error.message, /5/);
      assert.equal((error.params as { line: number }).line, 2);
      return true;
    },
  );
  assert.equal(channel.version, 3);
});

test("another stream's events are refused by name", () => {
  using channel = general();
  const foreign = stored([said("m1")], 3).map((event) => ({ ...event, stream: "channel-random" }));
  assert.throws(() => channel.fold(foreign), { code: "foreign_stream", message: /channel-random/ });
  assert.equal(channel.version, 2);
});

test("the line of a fault counts from the first of a long history", () => {
  using channel = chat.open("channel", stream);
  const events = stored([created, ...Array.from({ length: 4_000 }, (_, index) => said(`m${index}`))]);
  const lines = text(ndjson(events)).split("\n");
  lines[3_000] = "?";
  const fault = { code: "unexpected_character", params: { line: 3_001, offset: 0 } };
  assert.throws(() => channel.fold(lines.join("\n")), fault);
  assert.equal(channel.version, 3_000);
});

test("deciding answers events and claims, and changes nothing", () => {
  using channel = chat.open("channel", stream);
  const create = {
    id: uuid(1),
    stream,
    type: "create_channel",
    data: { name: "general", description: "all of us" },
  } as const;
  const verdict = channel.decide(create, ada);
  assert.deepEqual(verdict, {
    accepted: true,
    stream,
    version: 1,
    events: [
      {
        id: `${uuid(1)}.0`,
        stream,
        version: 1,
        type: "channel_created",
        schema: 2,
        at: noon,
        actor: ada.actor,
        command: uuid(1),
        domain: chat.hash,
        data: { name: "general", description: "all of us" },
      },
    ],
    claims: [{ key: "channel-name:general", action: "take", rejection: "channel_name_taken" }],
  });
  assert.equal(channel.version, 0);
  const canonical = JSON.stringify(verdict);
  assert.equal(channel.decideText(JSON.stringify(create), JSON.stringify(ada)), canonical);
  assert.equal(text(channel.decideBytes(bytes(create), bytes(ada))), canonical);
});

test("a refused command is a verdict, no error", () => {
  using channel = general();
  const verdict = channel.decide(say("m1"), { at: noon, actor: { id: "eve" } });
  assert.ok(!verdict.accepted);
  assert.equal(verdict.rejection.code, "not_a_member");
  assert.ok(verdict.rejection.message.length > 0);
});

test("a malformed command is a verdict with a pointer", () => {
  using channel = general();
  const verdict = channel.decide(
    { ...say("m1"), data: { messageId: "m1", text: 7 } } as unknown as Command<"channel">,
    ada,
  );
  assert.ok(!verdict.accepted);
  assert.equal(verdict.rejection.code, "wrong_type");
  assert.equal(verdict.rejection.pointer, "/data/text");
  assert.match(channel.decideText("", ""), /"code":"empty_input"/);
  assert.match(channel.decideText("{", JSON.stringify(ada)), /"code":"unexpected_end"/);
});

test("an expected version that has passed is a conflict with both versions", () => {
  using channel = general();
  const verdict = channel.decide({ ...say("m1"), expectedVersion: 1 }, ada);
  assert.ok(!verdict.accepted);
  assert.equal(verdict.rejection.code, "version_conflict");
  assert.match(verdict.rejection.message, /1.*channel-general.*2/);
});

test("an accepted verdict is evolved, as an object and as bytes; the same again is unchanged", () => {
  using one = general();
  using other = general();
  one.evolve(one.decide(say("m1"), bob));
  other.evolve(other.decideBytes(bytes(say("m1")), bytes(bob)));
  assert.equal(one.version, 3);
  assert.deepEqual(one.snapshot(), other.snapshot());
  const again = one.decide(say("m1", "hello", 101), bob);
  assert.ok(again.accepted);
  assert.deepEqual([again.version, again.events], [3, []]);
  one.evolve(again);
  assert.equal(one.version, 3);
});

test("a refused verdict is not evolved, nor one of another stream or version", () => {
  using channel = general();
  const refused = channel.decide(say("m1"), { at: noon, actor: { id: "eve" } });
  assert.throws(() => channel.evolve(refused), { code: "not_a_verdict" });
  const accepted = channel.decide(say("m1"), ada);
  channel.evolve(accepted);
  assert.throws(() => channel.evolve(accepted), { code: "version_gap" });
  using random = chat.open("channel", "channel-random");
  assert.throws(() => random.evolve(accepted), { code: "foreign_stream" });
  assert.equal(channel.version, 3);
});

test("many commands are decided one after the other, each on what the last has left", () => {
  using many = general();
  using one = general();
  const commands = [say("m1"), say("m1", "other", 101), say("m2", "hello", 102), say("m2", "hello", 103)];
  const answered = text(many.decideMany(ndjson(commands), bytes(ada)));
  const expected = commands.map((command) => {
    const verdict = one.decide(command, ada);
    if (verdict.accepted) one.evolve(verdict);
    return JSON.stringify(verdict);
  });
  assert.deepEqual(answered.trimEnd().split("\n"), expected);
  assert.match(expected[1] ?? "", /message_id_taken/);
  assert.equal(many.version, 4);
  assert.deepEqual(many.snapshot(), one.snapshot());
  assert.throws(() => many.decideMany(ndjson(commands), bytes("{}")), { name: "CrowbarError", code: "missing_key" });
});

test("a stream admits whom its rules let read it", () => {
  using channel = general();
  assert.deepEqual(
    ["ada", "bob", "eve", "", "ada ", "\ud800", "__proto__"].map((id) => channel.admits(id)),
    [true, true, false, false, false, false, false],
  );
  channel.fold(stored([{ type: "user_left_channel", data: { userId: "bob" } }], 3));
  assert.equal(channel.admits("bob"), false);
  using restored = chat.restore<"channel">(channel.snapshot());
  assert.deepEqual([restored.admits("ada"), restored.admits("bob")], [true, false]);
  using nothing = chat.open("channel", "channel-random");
  assert.equal(nothing.admits("ada"), false);
  using user = chat.open("user", "user-ada");
  assert.deepEqual([user.admits("ada"), user.admits("bob")], [true, false]);
});

test("asking who may read forgets nothing of the last decision", () => {
  using channel = general();
  const [command, context] = [JSON.stringify(say("m1")), JSON.stringify(ada)];
  const first = channel.decideText(command, context);
  assert.equal(channel.admits("eve"), false);
  assert.equal(channel.decideText(command, context), first);
  const verdict = channel.decide(say("m1"), ada);
  assert.equal(channel.admits("ada"), true);
  assert.deepEqual(channel.decide(say("m1"), ada), verdict);
});

test("a snapshot restores just the state it was made of", () => {
  using channel = general();
  channel.fold(stored([said("m1"), said("m2")], 3));
  const snapshot = channel.snapshot();
  using restored = chat.restore<"channel">(snapshot);
  assert.equal(restored.stream, stream);
  assert.equal(restored.version, 4);
  assert.deepEqual(restored.claims, channel.claims);
  assert.deepEqual(restored.snapshot(), snapshot);
  for (const command of [say("m1"), say("m2", "other"), say("m3")]) {
    assert.deepEqual(restored.decide(command, bob), channel.decide(command, bob));
  }
  using elsewhere = loadSync().restore(snapshot);
  assert.equal(elsewhere.version, 4);
});

test("bytes that are no snapshot are refused", () => {
  using channel = general();
  const snapshot = channel.snapshot();
  const corrupt = { name: "CrowbarError", code: "snapshot_corrupt" };
  assert.throws(() => chat.restore(new Uint8Array()), corrupt);
  assert.throws(() => chat.restore(bytes("{}")), corrupt);
  assert.throws(() => chat.restore(snapshot.subarray(0, -1)), corrupt);
  const flipped = snapshot.slice();
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  assert.throws(() => chat.restore(flipped), corrupt);
});

test("a snapshot of another module is refused: the stream has to be folded again", async () => {
  const glue = (await import("../../wasm/dist/chat/glue.js" as string)) as { readonly default: CreateModule };
  const module = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve("@crowbar/domain/chat/chat.wasm"))));
  const build = {
    createModule: glue.default,
    hash: "f".repeat(64),
    catalog: chat.describe(),
    objects: {},
    source: () => module,
  };
  const other = loaders<Types>(build).loadSync();
  using channel = general();
  assert.throws(() => other.restore(channel.snapshot()), { name: "CrowbarError", code: "snapshot_foreign" });
});
