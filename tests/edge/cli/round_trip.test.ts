// What is exported comes back as it was, whatever has happened.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { exportSlack } from "../../../edge/cli/operations/export_slack.ts";
import { importSlack } from "../../../edge/cli/operations/import_slack.ts";
import type { Stack } from "../../../edge/local/stack.ts";
import { folder } from "./folders.ts";
import { memoryStack, noon, ran, viewsOf, withSlice } from "./memory_stack.ts";

async function exported(stack: Stack): Promise<string> {
  const archive = join(folder(), "archive.zip");
  await ran(exportSlack, stack, { archive });
  return archive;
}

async function roundTrip(stack: Stack): Promise<void> {
  const archive = await exported(stack);
  const other = await memoryStack();
  const { items } = await ran(importSlack, other, { archive });
  assert.deepEqual(items, []);
  assert.deepEqual(await viewsOf(other), await viewsOf(stack));
  // The same state is the same archive.
  assert.ok(readFileSync(archive).equals(readFileSync(await exported(stack))));
  const second = await ran(importSlack, other, { archive });
  assert.equal(second.result.events, 0);
}

test("the slice of #ubuntu comes back as it was, although a minute has many lines", async () => {
  await roundTrip(await withSlice());
});

test("an empty stack is an empty archive", async () => {
  await roundTrip(await memoryStack());
});

const people = ["ada", "bob", "irc-d~7b:2004-12-25:2"];
const channels = ["general", "C.1"];
const text = fc.constantFrom(
  "hi",
  "a <b> & c",
  "/me waves",
  "/me",
  "  spaces  inside  ",
  "&lt;",
  "<@ada>",
  "💡\u2028",
  '\\n"',
);
const emoji = fc.constantFrom("👍", "🦩", "👋🏿");
const message = fc.integer({ min: 0, max: 2 }).map((number) => `m${number}`);
const act = <T extends string>(type: T, data: object = {}) => {
  return fc.record({ type: fc.constant(type), data: fc.record(data as { [name: string]: fc.Arbitrary<unknown> }) });
};
const name = fc.constantFrom("ada", "Zoë <3");
const acts = fc.oneof(
  { weight: 6, arbitrary: act("send_message", { messageId: message, text }) },
  { weight: 3, arbitrary: act("send_message", { messageId: message, text, replyTo: message }) },
  { weight: 3, arbitrary: act("edit_message", { messageId: message, text }) },
  { weight: 6, arbitrary: act("add_reaction", { messageId: message, emoji }) },
  { weight: 4, arbitrary: act("remove_reaction", { messageId: message, emoji }) },
  { weight: 3, arbitrary: act("join_channel") },
  { weight: 1, arbitrary: act("leave_channel") },
  { weight: 1, arbitrary: act("delete_message", { messageId: message }) },
  { weight: 1, arbitrary: act("rename_channel", { name: fc.constantFrom("a", "b") }) },
  { weight: 1, arbitrary: act("describe_channel", { description: fc.constantFrom("", "why & <how>") }) },
  { weight: 1, arbitrary: act("register_user", { name, email: fc.constantFrom("ada@example.org", undefined) }) },
  { weight: 1, arbitrary: act("rename_user", { name: fc.constantFrom("eve", "&amp;") }) },
);
const step = fc.record({
  channel: fc.constantFrom(...channels),
  actor: fc.constantFrom(...people),
  at: fc.integer({ min: -3_000, max: 200_000_000 }),
  act: acts,
  archives: fc.integer({ min: 1, max: 150 }).map((one) => one === 1),
});

test("whatever happened in some channels comes back as it was", async () => {
  const history = fc.array(step, { minLength: 60, maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const stack = await memoryStack();
      let count = 0;
      const send = async (stream: string, type: string, data: object, actor: string, at: number) => {
        const id = `00000000-0000-7000-8000-${String(++count).padStart(12, "0")}`;
        const command = Buffer.from(JSON.stringify({ id, stream, type, data }));
        await stack.commands.submit({ command, actor: { id: actor }, at });
      };
      for (const [index, id] of channels.entries()) {
        await send(`channel-${id}`, "create_channel", { name: `n${index}`, description: "" }, "ada", noon + index);
        await send(`channel-${id}`, "join_channel", {}, "bob", noon + index);
      }
      for (const { channel, actor, at, act, archives } of steps) {
        const stream = act.type.endsWith("_user") ? `user-${actor}` : `channel-${channel}`;
        await send(stream, act.type, act.data, actor, noon + at);
        // Its name is free for another one then.
        if (archives) await send(`channel-${channel}`, "archive_channel", {}, "ada", noon + at);
      }
      await roundTrip(stack);
      await stack.close();
    }),
    { seed: 3, numRuns: 25 },
  );
});

/** Carries acts of ada's out, at noon. */
async function carriedOut(acts: readonly (readonly [stream: string, type: string, data?: object])[]): Promise<Stack> {
  const stack = await memoryStack();
  for (const [index, [stream, type, data = {}]] of acts.entries()) {
    const id = `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`;
    const command = Buffer.from(JSON.stringify({ id, stream, type, data }));
    const reply = await stack.commands.submit({ command, actor: { id: "ada" }, at: noon });
    assert.equal(reply.kind, "accepted");
  }
  return stack;
}

test("two channels of one name, of which one is archived, stay two", async () => {
  const create = ["create_channel", { name: "general", description: "" }] as const;
  const say = (text: string) => ["send_message", { messageId: "m1", text }] as const;
  const stack = await carriedOut([
    ["channel-a", ...create],
    ["channel-a", ...say("the old one")],
    ["channel-a", "archive_channel"],
    ["channel-b", ...create],
    ["channel-b", ...say("another old one")],
    ["channel-b", "archive_channel"],
    ["channel-c", ...create],
    ["channel-c", ...say("the living one")],
  ]);
  await roundTrip(stack);
});

test("a reaction that was taken back and given again stands last", async () => {
  const react = (type: string, emoji: string) => ["channel-a", type, { messageId: "m1", emoji }] as const;
  const stack = await carriedOut([
    ["channel-a", "create_channel", { name: "general", description: "" }],
    ["channel-a", "send_message", { messageId: "m1", text: "hi" }],
    react("add_reaction", "👍"),
    react("add_reaction", "🎉"),
    react("remove_reaction", "👍"),
    react("add_reaction", "👍"),
  ]);
  await roundTrip(stack);
});

test("more messages in a millisecond than a microsecond each keep their order and their time", async () => {
  const stack = await memoryStack();
  const send = (id: number, type: string, data: object) => {
    const uuid = `00000000-0000-7000-8000-${String(id).padStart(12, "0")}`;
    const command = Buffer.from(JSON.stringify({ id: uuid, stream: "channel-general", type, data }));
    return stack.commands.submit({ command, actor: { id: "ada" }, at: noon });
  };
  await send(0, "create_channel", { name: "general", description: "" });
  const all = Array.from({ length: 1_500 }, (_, index) =>
    send(index + 1, "send_message", { messageId: `m${index}`, text: "x" }),
  );
  await Promise.all(all);
  await roundTrip(stack);
});

test("what was deleted leaves no text in an archive", async () => {
  const stack = await carriedOut([
    ["channel-general", "create_channel", { name: "general", description: "" }],
    ["channel-general", "send_message", { messageId: "m1", text: "a secret" }],
    ["channel-general", "edit_message", { messageId: "m1", text: "another secret" }],
    ["channel-general", "delete_message", { messageId: "m1" }],
  ]);
  const other = await memoryStack();
  await ran(importSlack, other, { archive: await exported(stack) });
  const log = await other.store.read("channel-general", 0, 100);
  assert.ok(!Buffer.from(log.events).toString().includes("secret"));
  await roundTrip(stack);
});

test("a file that is there is not replaced unless somebody says so, and what fails leaves nothing behind", async () => {
  const stack = await withSlice();
  const around = folder();
  const archive = join(around, "archive.zip");
  writeFileSync(archive, "mine");
  const refused = { name: "OperationFailed", reason: "usage", message: /is there already; --overwrite replaces it\.$/ };
  await assert.rejects(ran(exportSlack, stack, { archive }), refused);
  assert.equal(readFileSync(archive, "utf8"), "mine");
  const stopping = AbortSignal.abort(new Error("stopped"));
  await assert.rejects(ran(exportSlack, stack, { archive, overwrite: true }, stopping), /stopped/);
  assert.equal(readFileSync(archive, "utf8"), "mine");
  await assert.rejects(ran(exportSlack, stack, { archive: around, overwrite: true }), {
    ...{ reason: "usage", message: /cannot be written: E/ },
  });
  assert.deepEqual(readdirSync(around), ["archive.zip"]);
  assert.deepEqual(
    readdirSync(dirname(around)).filter((name) => name.startsWith(`${basename(around)}.`)),
    [],
  );
  await ran(exportSlack, stack, { archive, overwrite: true });
  assert.equal(readFileSync(archive, "latin1").slice(0, 2), "PK");
  const nowhere = join(folder(), "none", "archive.zip");
  await assert.rejects(ran(exportSlack, stack, { archive: nowhere }), {
    reason: "usage",
    message: /cannot be written: ENOENT/,
  });
});
