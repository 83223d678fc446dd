import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Json, JsonObject } from "../../../edge/cli/operation.ts";
import { importIrc } from "../../../edge/cli/operations/import_irc.ts";
import { verify } from "../../../edge/cli/operations/verify.ts";
import { folderOf } from "./folders.ts";
import { type MemoryStack, memoryStack, ran, slice, viewsOf, withSlice } from "./memory_stack.ts";

interface Row {
  readonly messageId: string;
  readonly userId: string;
  readonly text: string;
  readonly at: number;
}
interface LeftOut {
  readonly file: string;
  readonly line?: number;
  readonly command?: string;
  readonly code: string;
  readonly message: string;
}

/** A log of one day, of these lines, in a stack of its own. */
async function imported(lines: readonly string[] | Uint8Array, stack?: MemoryStack) {
  const content = lines instanceof Uint8Array ? lines : `${lines.join("\n")}\n`;
  const into = stack ?? (await memoryStack());
  const options = { folder: folderOf({ "2005-06-06.txt": content }), channel: "ubuntu" };
  const { result, items } = await ran(importIrc, into, options);
  const views = await viewsOf(into);
  return {
    ...{ stack: into, result, views },
    leftOut: items.map((item) => (item as unknown as { leftOut: LeftOut }).leftOut),
    rows: (views["messages/ubuntu/1"] ?? []) as unknown as readonly Row[],
    members: ((views["channel/ubuntu"] ?? {}) as JsonObject).members,
    names: Object.fromEntries(
      Object.entries((views.allusers ?? {}) as JsonObject).map(([id, user]) => [id, (user as JsonObject).name as Json]),
    ),
  };
}

test("the slice of #ubuntu comes in whole, in its order, with its times", async () => {
  const stack = await withSlice();
  const views = await viewsOf(stack);
  const pages = Object.keys(views).filter((key) => key.startsWith("messages/ubuntu/"));
  const rows = pages
    .sort((a, b) => Number(a.split("/")[2]) - Number(b.split("/")[2]))
    .flatMap((key) => views[key] as unknown as readonly Row[]);
  const [first] = rows;
  assert.deepEqual(first && [first.messageId, first.userId, first.text, first.at], [
    ...["2004-12-25.1", "irc-bluewheel", "i normally troubleshoot for friends", Date.parse("2004-12-25T01:01:00Z")],
  ]);
  const places = rows.map(({ messageId }) =>
    messageId
      .split(".")
      .map((part) => part.padStart(10, "0"))
      .join("."),
  );
  assert.deepEqual(places, places.toSorted());
  assert.deepEqual((await ran(verify, stack)).items, []);
});

test("every line is used or left out, and each that is left out is named", async () => {
  const { result, items } = await ran(importIrc, await memoryStack(), { folder: slice, channel: "ubuntu" });
  const count = (counts: Json | undefined) =>
    Object.values(counts as JsonObject).reduce<number>((a, b) => a + Number(b), 0);
  // The folder's README is no day.
  assert.equal(count(result.used) + count(result.leftOut), Number(result.lines) + 1);
  assert.equal(items.length, count(result.leftOut));
  assert.equal(result.files, 3);
});

test("a second import changes nothing, and says the same", async () => {
  const stack = await memoryStack();
  const first = await ran(importIrc, stack, { folder: slice, channel: "ubuntu" });
  const views = await viewsOf(stack);
  const commands = (await stack.store.commands("channel-ubuntu", 0, 10_000)).length;
  const second = await ran(importIrc, stack, { folder: slice, channel: "ubuntu" });
  assert.deepEqual(second.result, { ...first.result, events: 0 });
  assert.deepEqual(second.items, first.items);
  assert.deepEqual(await viewsOf(stack), views);
  assert.equal((await stack.store.commands("channel-ubuntu", 0, 10_000)).length, commands);
});

test("an import that was stopped goes on where it was", async () => {
  const whole = await withSlice();
  const stack = await memoryStack();
  const stopping = new AbortController();
  const work = importIrc(stack, { folder: slice, channel: "ubuntu" }, stopping.signal);
  await work.next();
  stopping.abort(new Error("stopped"));
  await assert.rejects(async () => {
    while (!(await work.next()).done) {}
  }, /stopped/);
  const had = await stack.store.head("channel-ubuntu");
  assert.ok(had > 0 && had < (await whole.store.head("channel-ubuntu")));
  await ran(importIrc, stack, { folder: slice, channel: "ubuntu" });
  assert.deepEqual(await viewsOf(stack), await viewsOf(whole));
});

test("days that are imported one after the other are the days that are imported together", async () => {
  const one = { "2005-06-06.txt": "[09:00] <ada> hi\n=== ada is now known as countess\n" };
  const other = { "2005-06-07.txt": "[09:00] <ada> hi again\n[09:01] <countess> who is ada?\n" };
  const together = await memoryStack();
  await ran(importIrc, together, { folder: folderOf({ ...one, ...other }), channel: "ubuntu" });
  const apart = await memoryStack();
  await ran(importIrc, apart, { folder: folderOf(one), channel: "ubuntu" });
  await ran(importIrc, apart, { folder: folderOf({ ...one, ...other }), channel: "ubuntu" });
  assert.deepEqual(await viewsOf(apart), await viewsOf(together));
});

test("people register when they are first seen, and join when they were there already", async () => {
  const { rows, members, names, leftOut } = await imported([
    "=== ada [~a@b]  has joined #ubuntu",
    "[09:00] <ada> hi",
    "[09:00] <bob> hello",
    "[09:01] * bob waves",
    "=== carol [~c@d]  has left #ubuntu []",
    "=== dan is now known as daniel",
  ]);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(
    rows.map(({ userId, text }) => `${userId}: ${text}`),
    ["irc-ada: hi", "irc-bob: hello", "irc-bob: /me waves"],
  );
  assert.deepEqual(members, ["irc.importer", "irc-ada", "irc-bob", "irc-dan"]);
  const owner = { "irc.importer": "irc.importer" };
  assert.deepEqual(names, { ...owner, "irc-ada": "ada", "irc-bob": "bob", "irc-carol": "carol", "irc-dan": "daniel" });
});

test("an action of the old form is taken from who is there, and named otherwise: the server's own lines look alike", async () => {
  const { rows, members, leftOut } = await imported([
    "=== ada waves before anybody has seen her",
    "=== ada [~a@b]  has joined #ubuntu",
    "=== ada waves",
    "=== ada is now known as countess",
    "=== countess nods",
    "=== ada is gone",
    "=== countess was kicked off #ubuntu by bob (bob)",
    "=== Starting logfile irclogs/ubuntu.log",
    "=== countess [~a@b]  has left #ubuntu []",
    "=== countess is back",
  ]);
  assert.deepEqual(
    rows.map(({ messageId, userId, text }) => [messageId, userId, text]),
    [
      ["2005-06-06.3", "irc-ada", "/me waves"],
      ["2005-06-06.5", "irc-ada", "/me nods"],
    ],
  );
  assert.deepEqual(members, ["irc.importer"]);
  assert.deepEqual(
    leftOut.map(({ line, code }) => [line, code]),
    [
      [1, "nick_unseen"],
      [6, "nick_unseen"],
      [7, "form_unknown"],
      [8, "nick_unseen"],
      [10, "nick_unseen"],
    ],
  );
});

test("who was there on another day alone is not taken for who does something", async () => {
  const stack = await memoryStack();
  const folder = folderOf({
    "2005-06-06.txt": "[09:00] <ada> hi\n",
    "2005-06-07.txt": "=== ada waves\n[09:00] <ada> hi\n",
  });
  const { items } = await ran(importIrc, stack, { folder, channel: "ubuntu" });
  assert.deepEqual(
    items.map((item) => (item as unknown as { leftOut: LeftOut }).leftOut.code),
    ["nick_unseen"],
  );
});

test("a person keeps their id when they change their nick, and whoever comes by the old one is another", async () => {
  const { rows, names } = await imported([
    "[09:00] <ada> one",
    "=== ada is now known as bob",
    "[09:01] <bob> two",
    "[09:02] <ada> three",
    "=== bob is now known as Ada_",
    "[09:03] <ada_> four",
  ]);
  assert.deepEqual(
    rows.map(({ userId }) => userId),
    ["irc-ada", "irc-ada", "irc-ada:2005-06-06:2", "irc-ada"],
  );
  assert.deepEqual([names["irc-ada"], names["irc-ada:2005-06-06:2"]], ["Ada_", "ada"]);
});

test("who went by another nick on another day is called by their own again", async () => {
  const stack = await memoryStack();
  const folder = folderOf({
    "2005-06-06.txt": "[09:00] <ada> hi\n=== ada is now known as countess\n[09:01] <countess> bye\n",
    "2005-06-07.txt": "[09:00] <ADA> hi again\n",
    "2005-06-08.txt": "[09:00] <ada> and again\n",
  });
  await ran(importIrc, stack, { folder, channel: "ubuntu" });
  const { allusers } = await viewsOf(stack);
  assert.deepEqual((allusers as JsonObject)["irc-ada"], { name: "ADA" });
  // One name a day is enough, however it is spelled.
  assert.equal(await stack.store.head("user-irc-ada"), 3);
});

test("what cannot be taken is left out with the words of whoever refused it, and the rest goes on", async () => {
  const lines = [
    "[09:00] <ada> first",
    "[09:00] <ada>",
    "[09:00] <ada> \u200b",
    `[09:00] <ada> ${"x".repeat(4_001)}`,
    `[09:00] <ada> ${"💡".repeat(4_000)}`,
    `[09:00] <ada> ${"x".repeat(70_000)}`,
    "[09:00] <ada> a\uFFFFb",
    "=== mode/#ubuntu [+o Amaranth]  by ChanServ",
    `[09:00] <${"n".repeat(81)}> a name that is too long`,
    `[09:00] <${"n".repeat(130)}> an id that is too long`,
    "[09:00] <ada> last",
  ];
  const { leftOut, rows, result } = await imported(lines);
  assert.deepEqual(
    leftOut.map(({ line, code, command }) => [line, code, command]),
    [
      [2, "text_empty", "send_message"],
      [3, "text_empty", "send_message"],
      [4, "text_too_long", "send_message"],
      [6, "too_large", "send_message"],
      [7, "noncharacter", "send_message"],
      [8, "form_unknown", undefined],
      [9, "user_name_invalid", "register_user"],
      [10, "stream_invalid", "register_user"],
      [10, "id_invalid", "join_channel"],
      [10, "id_invalid", "send_message"],
    ],
  );
  assert.equal(leftOut[2]?.message, "The text has 4001 characters; the limit is 4000.");
  assert.deepEqual(
    rows.map(({ messageId }) => messageId),
    ["2005-06-06.1", "2005-06-06.5", "2005-06-06.9", "2005-06-06.11"],
  );
  assert.equal((result.used as JsonObject).messages, 4);
});

test("a line that is not UTF-8, or that nobody could hold, is left out by its number", async () => {
  const bytes = Buffer.concat([
    Buffer.from("\uFEFF[09:00] <ada> with a mark before it\r\n\n"),
    Buffer.from("[09:00] <ada> caf"),
    Buffer.from([0xe9, 0x0a]),
    Buffer.from(`[09:00] <ada> ${"x".repeat(1 << 20)}\n`),
    Buffer.from("=== bob [~b@c]  has joined #ubuntu\r\n"),
    Buffer.from("[09:01] <ada> without an end"),
  ]);
  const { leftOut, rows, result } = await imported(bytes);
  assert.deepEqual(
    leftOut.map(({ line, code }) => [line, code]),
    [
      [3, "not_utf8"],
      [4, "line_too_long"],
    ],
  );
  assert.deepEqual(
    rows.map(({ text }) => text),
    ["with a mark before it", "without an end"],
  );
  assert.deepEqual(result.used, { messages: 2, joins: 1, blank: 1 });
});

test("files that are no days are left out by name", async () => {
  const folder = folderOf({
    "2005-06-06.txt": "[09:00] <ada> hi\n",
    "2005-06-06.log": "[09:00] <ada> hi\n",
    "notes.txt": "",
    "2005-06-07.txt/inside.txt": "",
  });
  // Whoever opened it would wait for ever.
  execFileSync("mkfifo", [join(folder, "2005-06-08.txt")]);
  symlinkSync("/dev/zero", join(folder, "2005-06-09.txt"));
  const { items } = await ran(importIrc, await memoryStack(), { folder, channel: "ubuntu" });
  const files = items.map((item) => (item as unknown as { leftOut: LeftOut }).leftOut.file);
  assert.deepEqual(files, ["2005-06-06.txt", "2005-06-07.txt", "2005-06-08.txt", "2005-06-09.txt", "notes.txt"]);
});

test("a folder that is not there, is none, or has no log is refused in plain words", async () => {
  const stack = await memoryStack();
  const empty = folderOf({});
  const file = join(folderOf({ "a.txt": "" }), "a.txt");
  const refused = (folder: string, message: RegExp) =>
    assert.rejects(ran(importIrc, stack, { folder, channel: "ubuntu" }), {
      name: "OperationFailed",
      reason: "usage",
      message,
    });
  await refused(join(empty, "none"), /none is not there\.$/);
  await refused(file, /a\.txt is no folder\.$/);
  await refused(empty, /^There is no log in /);
});

test("a channel that the domain refuses ends the import before anything else", async () => {
  const stack = await memoryStack();
  for (const [channel, message] of [
    ["Ubuntu", /^A channel's name is 1 to 80 of a-z, 0-9, - and _\. \(channel_name_invalid\)$/],
    ["a b", /\(stream_invalid\)|\(value_out_of_range\)|\(malformed\)|\(.*\)$/],
  ] as const) {
    const importing = ran(importIrc, stack, { folder: slice, channel });
    await assert.rejects(importing, { name: "OperationFailed", reason: "usage", message });
  }
  assert.deepEqual(await stack.store.streams("", 10), []);
});

test("a channel that somebody has opened already is gone on with", async () => {
  const { stack } = await imported(["[09:00] <ada> hi"]);
  const options = { folder: slice, channel: "ubuntu", owner: "bob" };
  const { result } = await ran(importIrc, stack, options);
  assert.ok(Number(result.events) > 0);
});
