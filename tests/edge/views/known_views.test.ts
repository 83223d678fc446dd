import assert from "node:assert/strict";
import { test } from "node:test";
import { loadSync } from "@crowbar/domain/chat";
import fc from "fast-check";
import { gatedBy } from "../../../edge/views/gated_by.ts";
import { knownViews } from "../../../edge/views/known_views.ts";
import { lookalikes, noKeys } from "./view_keys.ts";

const chat = loadSync();
const known = knownViews(chat.describe());

/** Does the core have a view of exactly that key? */
function inCore(key: string): boolean {
  try {
    using view = chat.view(key);
    return view.key === key;
  } catch {
    return false;
  }
}

test("a key is known if the core says so, in that spelling", () => {
  const word = fc.constantFrom(
    "channel",
    "messages",
    "allusers",
    "allchannels",
    "x",
    "1",
    "01",
    "0",
    "-",
    "..",
    "A",
    "999999999",
    "1000000000",
  );
  const strange = fc.array(fc.oneof(word, fc.constantFrom("-", "/", ".", "channel-", "user-")), { maxLength: 6 });
  const keys = fc.oneof(
    strange.map((parts) => parts.join("")),
    fc.array(word, { maxLength: 4 }).map((parts) => parts.join("/")),
    fc.constantFrom(...lookalikes, ...noKeys.filter((key) => key.isWellFormed())),
  );
  fc.assert(
    fc.property(keys, (key) => {
      assert.equal(known(key) !== undefined, inCore(key), key);
    }),
    { seed: 3, numRuns: 5_000 },
  );
});

test("the stream of a view is the one that the core takes its events from", () => {
  for (const [id, named] of [
    ["general", "general"],
    ["channel-x", "channel-channel-x"],
    ["a..", "a.."],
    ["channel-", "channel-"],
  ]) {
    const stream = `channel-${id}`;
    using view = chat.view(`messages/${stream}/1`);
    assert.equal(view.key, `messages/${named}/1`);
    assert.equal(known(view.key)?.stream, stream);
    assert.equal(known(`channel/${named}`)?.stream, stream);
  }
});

test("what was said is gated by its channel; what there is, by nothing", () => {
  const gate = (key: string) => {
    const view = known(key);
    assert.ok(view, key);
    return gatedBy(view);
  };
  assert.equal(gate("messages/general/1"), "channel-general");
  assert.equal(gate("messages/channel-channel-x/1"), "channel-channel-x");
  assert.equal(gate("channel/general"), undefined);
  assert.equal(gate("allchannels"), undefined);
  assert.equal(gate("allusers"), undefined);
});
