import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { JsonObject } from "../../../edge/cli/operation.ts";
import { importIrc } from "../../../edge/cli/operations/import_irc.ts";
import { folderOf } from "./folders.ts";
import { imported } from "./imported_irc.ts";
import { leftOutOf, memoryStack, ran, slice } from "./memory_stack.ts";

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
  const files = leftOutOf(items).map(({ file }) => file);
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
