import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json, JsonObject } from "../../../edge/cli/operation.ts";
import { importIrc } from "../../../edge/cli/operations/import_irc.ts";
import { verify } from "../../../edge/cli/operations/verify.ts";
import { folderOf } from "./folders.ts";
import { imported, type Row } from "./imported_irc.ts";
import { leftOutOf, memoryStack, ran, slice, viewsOf, withSlice } from "./memory_stack.ts";

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
    leftOutOf(items).map(({ code }) => code),
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
