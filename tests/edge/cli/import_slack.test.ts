import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../edge/cli/operation.ts";
import { importSlack } from "../../../edge/cli/operations/import_slack.ts";
import { verify } from "../../../edge/cli/operations/verify.ts";
import { type MemoryStack, memoryStack, noon, ran, viewsOf } from "./memory_stack.ts";
import { type Files, saved, workspace, zipOf } from "./zips.ts";

interface LeftOut {
  readonly file: string;
  readonly line?: number;
  readonly command?: string;
  readonly code: string;
  readonly message: string;
}

async function imported(files: Files, stack?: MemoryStack) {
  const into = stack ?? (await memoryStack());
  const { result, items } = await ran(importSlack, into, { archive: saved(await zipOf(files)) });
  const views = await viewsOf(into);
  const found = await ran(verify, into);
  assert.deepEqual(found.items, []);
  return {
    ...{ stack: into, result, views },
    leftOut: items.map((item) => (item as unknown as { leftOut: LeftOut }).leftOut),
    rows: (views["messages/C1/1"] ?? []) as readonly JsonObject[],
    channel: views["channel/C1"] as JsonObject,
  };
}

const ts = (second: number) => `${noon / 1000 + second}.000000`;
const said = (second: number, user: string, text: string, more: object = {}) => ({
  ...{ type: "message", ts: ts(second), user, text },
  ...more,
});
const joined = (second: number, user: string) => said(second, user, "has joined", { subtype: "channel_join" });
const left = (second: number, user: string) => said(second, user, "has left", { subtype: "channel_leave" });
const day = "2024-02-29";

test("channels, people, joins, messages, edits, threads and reactions come in", async () => {
  const messages = [
    joined(1, "U2"),
    said(2, "U1", "hello &amp; <@U2>"),
    said(3, "U2", "hi", { thread_ts: ts(2), edited: { user: "U2", ts: ts(60) } }),
    said(4, "U2", "waves", { subtype: "me_message", reactions: [{ name: "wave", users: ["U1", "U2"], count: 2 }] }),
    left(5, "U2"),
  ];
  const { rows, channel, views, leftOut, result } = await imported(
    workspace({ [day]: messages }, { purpose: { value: "talk" } }),
  );
  assert.deepEqual(leftOut, []);
  assert.deepEqual(result.used, { users: 2, channels: 1, joins: 1, messages: 3, edits: 1, leaves: 1, reactions: 2 });
  const at = (second: number) => noon + second * 1000;
  assert.deepEqual(rows, [
    { messageId: ts(2), userId: "U1", text: "hello & @Bob", at: at(2), reactions: {} },
    { messageId: ts(3), userId: "U2", text: "hi", at: at(3), editedAt: at(60), replyTo: ts(2), reactions: {} },
    { messageId: ts(4), userId: "U2", text: "/me waves", at: at(4), reactions: { "👋": ["U1", "U2"] } },
  ]);
  assert.deepEqual(channel, {
    ...{ id: "C1", name: "general", description: "talk", owner: "U1", archived: false },
    ...{ members: ["U1"], messages: 3, pages: 1 },
  });
  assert.deepEqual(views.allusers, { U1: { name: "ada" }, U2: { name: "Bob" } });
});

test("a second import adds nothing; a later archive adds what is new, and later edits", async () => {
  const first = [said(1, "U1", "one"), said(2, "U1", "two", { reactions: [{ name: "tada", users: ["U2"] }] })];
  const { stack, views } = await imported(workspace({ [day]: first }));
  const again = await imported(workspace({ [day]: first }), stack);
  assert.equal(again.result.events, 0);
  assert.deepEqual(again.views, views);
  const later = [
    said(1, "U1", "one, mended", { edited: { user: "U1", ts: ts(90) } }),
    said(2, "U1", "two", {
      reactions: [
        { name: "tada", users: ["U2"] },
        { name: "+1", users: ["U2"] },
      ],
    }),
    said(3, "U2", "three"),
  ];
  const grown = await imported(workspace({ [day]: later }), stack);
  assert.deepEqual(grown.leftOut, []);
  assert.deepEqual(
    grown.rows.map(({ text, reactions }) => [text, reactions]),
    [
      ["one, mended", {}],
      ["two", { "🎉": ["U2"], "👍": ["U2"] }],
      ["three", {}],
    ],
  );
  assert.equal((await imported(workspace({ [day]: later }), stack)).result.events, 0);
});

test("who speaks or reacts without having been seen joining is there, or was", async () => {
  const messages = [
    said(1, "U2", "I was here"),
    said(2, "U9", "me too", { user_profile: { display_name: "nine" }, reactions: [{ name: "eyes", users: ["U8"] }] }),
    left(3, "U2"),
    said(4, "U1", "bye", { reactions: [{ name: "wave", users: ["U2"] }] }),
    said(5, "", "beep", { user: undefined, subtype: "bot_message", bot_id: "B1", username: "robot" }),
  ];
  const { rows, channel, views, leftOut } = await imported(
    workspace({ [day]: messages }, { members: ["U1", "U7", "U9"] }),
  );
  assert.deepEqual(leftOut, []);
  assert.deepEqual(channel.members, ["U1", "U9", "B1", "U7"]);
  assert.deepEqual(
    rows.map(({ reactions }) => reactions),
    [{}, { "👀": ["U8"] }, { "👋": ["U2"] }, {}],
  );
  const names = { U1: "ada", U2: "Bob", U8: "U8", U9: "nine", B1: "robot" };
  const users = Object.entries(views.allusers as JsonObject).map(([id, user]) => [id, (user as JsonObject).name]);
  assert.deepEqual(Object.fromEntries(users), names);
});

test("an archived channel gives its name back, and is closed", async () => {
  const { views, leftOut } = await imported([
    ["users.json", []],
    [
      "channels.json",
      [
        { id: "C2", name: "general", created: 1_709_208_000, creator: "U1", members: ["U1"] },
        {
          id: "C1",
          name: "general",
          created: 1_709_300_000,
          creator: "U1",
          is_archived: true,
          crowbar: { folder: "old" },
        },
      ],
    ],
    [`old/${day}.json`, [said(1, "U1", "the old one")]],
    [`general/${day}.json`, [said(1, "U1", "the new one")]],
  ]);
  assert.deepEqual(leftOut, []);
  assert.equal((views["channel/C1"] as JsonObject).archived, true);
  assert.equal((views["channel/C1"] as JsonObject).messages, 1);
  assert.equal((views["channel/C2"] as JsonObject).messages, 1);
  assert.equal((views.allchannels as readonly unknown[]).length, 1);
});

test("what cannot be taken is left out by its place, and the rest goes on", async () => {
  const messages = [
    said(1, "U1", "x".repeat(4_001)),
    said(2, "U1", "to nobody", { thread_ts: ts(1) }),
    { type: "file", ts: ts(3) },
    said(4, "U1", "topic", { subtype: "channel_topic" }),
    { type: "message", ts: ts(5), text: "nobody" },
    { type: "message", ts: "soon", user: "U1", text: "when?" },
    null,
    "hello",
    said(9, "../U1", "an id that is none"),
    said(10, "U1", "\ud83d alone"),
    said(11, "U1", "", { files: [{ id: "F1" }] }),
    said(12, "U1", "last", {
      reactions: [{ name: "party_parrot", users: ["U1"] }, { name: "tada", users: ["U1"] }, 7],
    }),
    said(13, "U1", "polluting", { __proto__: { text: "x" }, constructor: 1 }),
  ];
  const { leftOut, rows, result } = await imported(workspace({ [day]: messages }));
  const file = `general/${day}.json`;
  assert.deepEqual(
    leftOut.map(({ file: where, line, code, command }) => `${where}:${line} ${code} ${command ?? ""}`.trim()),
    [
      `${file}:1 text_too_long send_message`,
      `${file}:2 message_not_found send_message`,
      `${file}:3 message_malformed`,
      `${file}:4 subtype_unknown`,
      `${file}:5 message_malformed`,
      `${file}:6 message_malformed`,
      `${file}:7 message_malformed`,
      `${file}:8 message_malformed`,
      `${file}:9 stream_invalid register_user`,
      `${file}:9 id_invalid join_channel`,
      `${file}:9 id_invalid send_message`,
      `${file}:10 lone_surrogate send_message`,
      `${file}:11 text_empty send_message`,
      `${file}:12 emoji_unknown add_reaction`,
      `${file}:12 emoji_unknown add_reaction`,
    ],
  );
  assert.deepEqual(
    rows.map(({ text }) => text),
    ["last", "polluting"],
  );
  assert.deepEqual(result.ignored, { "files and attachments": 1 });
});

test("a day that is no JSON, or no list, is left out by name, and the other days are taken", async () => {
  const { leftOut, rows } = await imported([
    ...workspace({ [day]: [said(1, "U1", "taken")] }),
    ["general/2024-03-01.json", "[{"],
    ["general/2024-03-02.json", { a: 1 }],
    ["general/2024-03-03.json", [said(90, "U1", "taken, too")]],
  ]);
  assert.deepEqual(
    leftOut.map(({ file, code }) => [file, code]),
    [
      ["general/2024-03-01.json", "entry_unreadable"],
      ["general/2024-03-02.json", "entry_unreadable"],
    ],
  );
  assert.equal(rows.length, 2);
});

test("what was private stays out, and everything that is not taken is named", async () => {
  const { leftOut, views } = await imported([
    ...workspace({ [day]: [said(1, "U1", "public")] }),
    ["dms.json", [{ id: "D1" }]],
    [`D1/${day}.json`, [said(1, "U1", "secret")]],
    ["D1/2024-03-01.json", [said(1, "U1", "secret")]],
    ["groups.json", []],
    ["integration_logs.json", []],
    ["general/canvas.html", "<p>"],
  ]);
  assert.deepEqual(
    leftOut.map(({ file, code }) => `${file} ${code}`).sort(),
    ["D1/", "dms.json", "general/canvas.html", "groups.json", "integration_logs.json"].map(
      (file) => `${file} entry_unknown`,
    ),
  );
  assert.ok(!JSON.stringify(views).includes("secret"));
});

test("people and channels that are none are left out; an address that is none leaves the person", async () => {
  const { leftOut, views } = await imported([
    [
      "users.json",
      [
        { id: "U1", name: "ada", profile: { email: "ada@home" } },
        { name: "nobody" },
        null,
        { id: "U2", name: "\u0007" },
      ],
    ],
    [
      "channels.json",
      [
        { id: "C1", name: "general", created: 1_709_208_000 },
        { id: "C2", name: "Gènéral", created: 1_709_208_000 },
        { id: "C3", name: "general", created: 1_709_208_001 },
        { id: "C4", created: 1 },
        { id: "C5", name: "late", created: "yesterday" },
        { id: "C1", name: "twice", created: 1_709_208_000 },
      ],
    ],
    [`Gènéral/${day}.json`, [said(1, "U1", "not taken")]],
  ]);
  assert.deepEqual(
    leftOut.map(({ file, line, code }) => [file, line, code]),
    [
      ["channels.json", 3, "channel_malformed"],
      ["channels.json", 4, "channel_malformed"],
      ["channels.json", 5, "channel_malformed"],
      ["channels.json", 6, "channel_malformed"],
      ["users.json", 2, "user_malformed"],
      ["users.json", 3, "user_malformed"],
      ["users.json", undefined, "email_invalid"],
      ["users.json", undefined, "user_name_invalid"],
      ["#Gènéral", undefined, "channel_name_invalid"],
    ],
  );
  assert.deepEqual(views.allusers, { U1: { name: "ada" } });
  assert.equal((views["channel/C1"] as JsonObject).owner, "slack.importer");
});

test("a zip file that is no export of Slack is refused in plain words", async () => {
  const stack = await memoryStack();
  const refused = async (files: Files, message: RegExp) => {
    const importing = ran(importSlack, stack, { archive: saved(await zipOf(files)) });
    await assert.rejects(importing, { name: "OperationFailed", reason: "usage", message });
  };
  await refused([["hello.txt", "hi"]], /is no export of Slack: channels\.json: It is not there\.$/);
  await refused([["channels.json", []]], /is no export of Slack: users\.json: It is not there\.$/);
  await refused(
    [
      ["channels.json", {}],
      ["users.json", []],
    ],
    /channels\.json: It is no list\.$/,
  );
  await refused(
    [
      ["channels.json", "["],
      ["users.json", []],
    ],
    /channels\.json: It is no JSON: /,
  );
  assert.deepEqual(await stack.store.streams("", 1), []);
});

test("an archive whose files lie in a folder is taken, too", async () => {
  const files = workspace({ [day]: [said(1, "U1", "hi")] }).map(
    ([name, content]) => [`export/${name}`, content] as const,
  );
  const { rows, leftOut } = await imported(files);
  assert.deepEqual(leftOut, []);
  assert.equal(rows.length, 1);
});
