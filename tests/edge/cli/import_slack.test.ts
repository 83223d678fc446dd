import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../edge/cli/operation.ts";
import { noon } from "./memory_stack.ts";
import { day, imported, joined, left, said, ts } from "./slack_archive.ts";
import { workspace } from "./zips.ts";

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
