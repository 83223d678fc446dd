// Views: opening, projecting, their checkpoint and bytes, and which of them an event touches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSync } from "@crowbar/domain/chat";
import { bobJoined, bytes, created, ndjson, noon, said, stored, stream, text } from "./general.ts";

const chat = loadSync();
const history = stored([created, bobJoined, said("m1")]);

test("a view is opened by its key, and a stream's name may stand for the id", () => {
  using page = chat.view("messages/channel-general/1");
  assert.equal(page.key, "messages/general/1");
  using list = chat.view("allchannels");
  assert.deepEqual(list.toJSON().data, []);
  using none = chat.view("channel/general");
  assert.equal(none.toJSON().data, null);
  assert.throws(() => chat.view("mesages/general/1"), { name: "CrowbarError", code: "unknown_view" });
  assert.throws(() => chat.view("messages/general/0"), { code: "unknown_view" });
});

test("events are projected; data, checkpoint, projection and domain are one object", () => {
  using page = chat.view("messages/general/1");
  page.project(ndjson(history));
  assert.deepEqual(page.checkpoint, { [stream]: 3 });
  const whole = page.toJSON();
  assert.deepEqual(whole, {
    data: [{ messageId: "m1", userId: "ada", text: "hello", at: noon, reactions: {} }],
    checkpoint: { [stream]: 3 },
    projection: "messages/general/1",
    domain: chat.hash,
  });
  assert.equal(text(page.bytes()), JSON.stringify(whole));
  assert.equal(JSON.stringify(page), JSON.stringify(whole));
});

test("a view goes on from its stored bytes", () => {
  using whole = chat.view("channel/general");
  whole.project(history);
  using before = chat.view("channel/general");
  before.project(history.slice(0, 2));
  using after = chat.view(before.bytes());
  assert.equal(after.key, "channel/general");
  after.project(history); // what it has seen passes by
  assert.deepEqual(after.bytes(), whole.bytes());
  assert.throws(() => chat.view(bytes("{}")), { name: "CrowbarError" });
  assert.throws(() => chat.view(new Uint8Array()), { code: "empty_input" });
});

test("a gap is refused by name and the view stops at its checkpoint", () => {
  using view = chat.view("channel/general");
  const gap = [...history.slice(0, 2), ...stored([said("m2")], 4)];
  assert.throws(() => view.project(gap), { code: "version_gap", message: /channel-general/ });
  assert.deepEqual(view.checkpoint, { [stream]: 2 });
});

test("other streams pass by a view of one stream", () => {
  using view = chat.view("channel/general");
  view.project([...history, ...history.map((event) => ({ ...event, stream: "channel-random" }))]);
  assert.deepEqual(view.checkpoint, { [stream]: 3 });
});

test("a later page begins after the one before it is full", () => {
  const messages = Array.from({ length: 101 }, (_, index) => said(`m${index + 1}`));
  const all = stored([created, ...messages]);
  using second = chat.view("messages/general/2");
  second.beginAfter(stream, 101);
  second.project(all.slice(101));
  using heard = chat.view("messages/general/2");
  heard.project(all);
  assert.deepEqual(second.toJSON().data, heard.toJSON().data);
  assert.equal(second.toJSON().data.length, 1);
});

test("a view begins after a version, which is an integer from 0 on", () => {
  using view = chat.view("messages/general/2");
  for (const version of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.throws(() => view.beginAfter(stream, version), { name: "CrowbarError", code: "value_out_of_range" });
  }
  assert.deepEqual(view.checkpoint, {});
});

test("an event names the views that it touches", () => {
  const [first] = history;
  assert.ok(first);
  const keys = chat.viewKeysOf(first);
  assert.deepEqual([...keys].sort(), ["allchannels", "channel/general"]);
  assert.deepEqual(chat.viewKeysOf(bytes(first)), keys);
  using channel = chat.open("channel", stream);
  channel.fold(history);
  const sent = history[2];
  assert.ok(sent);
  assert.ok(channel.viewKeysOf(sent).includes("messages/general/1"));
  assert.deepEqual(channel.viewKeysOf(bytes(sent)), channel.viewKeysOf(sent));
  for (const key of channel.viewKeysOf(sent)) assert.ok(chat.viewKeysOf(sent).includes(key), key);
});

test("an event that nobody knows is refused by name: routed nowhere, it would be lost without a word", () => {
  assert.throws(() => chat.viewKeysOf(bytes({ ...history[0], type: "channel_exploded" })), { code: "event_unknown" });
  assert.throws(() => chat.viewKeysOf(bytes("{}")), { name: "CrowbarError", code: "missing_key" });
  assert.throws(() => chat.viewKeysOf(bytes("")), { name: "CrowbarError", code: "empty_input" });
});

test("bytes that a view has answered stay as they are", () => {
  using view = chat.view("channel/general");
  view.project(history.slice(0, 1));
  const answered = view.bytes();
  const copy = answered.slice();
  view.project(history.slice(1));
  view.bytes();
  assert.deepEqual(answered, copy);
});
