// What an archive holds that cannot be taken: left out by name, or no archive at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../edge/cli/operation.ts";
import { importSlack } from "../../../edge/cli/operations/import_slack.ts";
import { memoryStack, ran } from "./memory_stack.ts";
import { day, imported, said, ts } from "./slack_archive.ts";
import { type Files, saved, workspace, zipOf } from "./zips.ts";

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

test("people come in from an archive that has no channel", async () => {
  const { leftOut, result } = await imported([
    ["users.json", [{ id: "U1", name: "ada" }]],
    ["channels.json", []],
  ]);
  assert.deepEqual(leftOut, []);
  assert.deepEqual(result.used, { users: 1 });
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
