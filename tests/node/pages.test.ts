// The pages of a stream, open together: projecting, which were touched, their bytes, and going on from stored ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSync } from "@crowbar/domain/chat";
import { created, ndjson, said, stored, stream } from "./general.ts";

const chat = loadSync();
const sent = Array.from({ length: 250 }, (_, index) => said(`m${index + 1}`));
const log = stored([created, ...sent]);
const edited = (messageId: string, version: number) =>
  stored([{ type: "message_edited", data: { messageId, text: "changed" } }], version);
const keys = ["messages/general/1", "messages/general/2", "messages/general/3"];

/** The view of one page, by itself. */
function alone(key: string, events: readonly object[]): Uint8Array {
  using view = chat.view(key);
  view.project(events);
  return view.bytes();
}

test("the pages of a stream are projected at once, each as the view of its key", () => {
  using pages = chat.pages("messages/channel-general");
  assert.equal(pages.key, "messages/general");
  assert.equal(pages.version, 0);
  pages.project(ndjson(log));
  assert.equal(pages.version, 251);
  assert.deepEqual(pages.checkpoint, { [stream]: 251 });
  assert.deepEqual(pages.touched(), keys);
  assert.deepEqual(pages.touched(), []);
  for (const key of keys) assert.deepEqual(pages.bytes(key), alone(key, log));
});

test("only the pages that have changed are told, in order", () => {
  using pages = chat.pages("messages/general");
  pages.project(log);
  pages.touched();
  pages.project([...edited("m250", 252), ...edited("m1", 253)]);
  assert.deepEqual(pages.touched(), ["messages/general/1", "messages/general/3"]);
});

test("what is none of the pages is refused by name", () => {
  using pages = chat.pages("messages/general");
  pages.project(log);
  for (const wrong of ["messages/general/4", "messages/general/0", "messages/general/01", "messages/general/-1"]) {
    assert.throws(() => pages.bytes(wrong), { name: "CrowbarError", code: "unknown_view" });
  }
  for (const wrong of ["messages/random/1", "messages/general", "messages/general/4294967297", "1", ""]) {
    assert.throws(() => pages.bytes(wrong), { code: "unknown_view" });
  }
  assert.throws(() => chat.pages("messages/general/1"), { code: "unknown_view" });
  assert.throws(() => chat.pages("channel/general"), { code: "unknown_view" });
});

test("a gap stops the pages at their version, with the line", () => {
  using pages = chat.pages("messages/general");
  const error = { code: "version_gap", params: { line: 11, expected: 11, actual: 12, name: stream } };
  assert.throws(() => pages.project([...log.slice(0, 10), ...log.slice(11)]), error);
  assert.equal(pages.version, 10);
});

test("pages go on from stored ones, all of them or the last", () => {
  const more = [...edited("m201", 252), ...stored([said("m251")], 253)];
  const last = keys.slice(2).map((key) => alone(key, log));
  for (const bytes of [keys.map((key) => alone(key, log)), last]) {
    using pages = chat.pages("messages/general", bytes);
    assert.equal(pages.version, 0);
    pages.beginAfter(stream, 251);
    pages.project([...log, ...more]);
    assert.deepEqual(pages.touched(), ["messages/general/3"]);
    assert.deepEqual(pages.bytes("messages/general/3"), alone("messages/general/3", [...log, ...more]));
  }
  using pages = chat.pages("messages/general", last);
  pages.beginAfter(stream, 251);
  assert.throws(() => pages.project(edited("m100", 252)), { code: "page_missing", message: /^m100 .* page 3/ });
  pages.beginAfter(stream, 252);
  assert.equal(pages.version, 252);
  assert.throws(() => chat.pages("messages/general", [...last, ...last]), { code: "value_out_of_range" });
});

test("closed pages say so, by their key", () => {
  const pages = chat.pages("messages/general");
  pages.close();
  const closed = { code: "handle_closed", message: "view messages/general is closed." };
  assert.throws(() => pages.project(log), closed);
  assert.throws(() => pages.touched(), closed);
  assert.throws(() => pages.bytes("messages/general/1"), closed);
  assert.throws(() => pages.version, closed);
});
