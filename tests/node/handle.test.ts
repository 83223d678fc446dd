// Handles: closing them, losing them with an instance that has stopped, and forgetting them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { CoreUnavailable, loadSync } from "@crowbar/domain/chat";
import { ada, created, history, say, stored, stream } from "./general.ts";

/** Claims to be larger than the module's memory may grow (1 GiB): an honest way to an abort inside. */
class Endless extends Uint8Array {
  override get length(): number {
    return 0xfff0_0000;
  }
}
/** Claims to be so large that a number of 32 bits holds the rest of its size. */
class BeyondNumbers extends Uint8Array {
  override get length(): number {
    return 2 ** 32 + 5;
  }
}

const closed = { name: "CrowbarError", code: "handle_closed" };

test("a closed aggregate says so, by its stream", () => {
  const channel = loadSync().open("channel", stream);
  const verdict = channel.decide(say("m1"), ada);
  channel.close();
  channel.close(); // twice does nothing
  assert.throws(() => channel.version, closed);
  assert.throws(() => channel.claims, closed);
  assert.throws(() => channel.admits("ada"), closed);
  assert.throws(() => channel.fold([]), closed);
  assert.throws(() => channel.decide(say("m1"), ada), { ...closed, message: "channel-general is closed." });
  assert.throws(() => channel.decideText("", ""), closed);
  assert.throws(() => channel.decideMany(new Uint8Array(), new Uint8Array()), closed);
  assert.throws(() => channel.evolve(verdict), closed);
  assert.throws(() => channel.snapshot(), closed);
  assert.equal(channel.stream, stream);
});

test("a closed view says so, by its key", () => {
  const view = loadSync().view("channel/general");
  view.close();
  assert.throws(() => view.project([]), { ...closed, message: "view channel/general is closed." });
  assert.throws(() => view.bytes(), closed);
  assert.throws(() => view.toJSON(), closed);
  assert.throws(() => view.checkpoint, closed);
  assert.throws(() => view.beginAfter(stream, 1), closed);
});

test("`using` closes, also when something is thrown", () => {
  const chat = loadSync();
  const kept = [];
  {
    using channel = chat.open("channel", stream);
    using view = chat.view("channel/general");
    kept.push(channel, view);
  }
  for (const handle of kept) assert.throws(() => ("version" in handle ? handle.version : handle.checkpoint), closed);
});

test("a number that is used again does not open a closed handle again", () => {
  const chat = loadSync();
  const first = chat.open("channel", stream);
  first.close();
  using second = chat.open("channel", stream);
  second.fold(history);
  assert.throws(() => first.version, closed);
  first.close();
  assert.equal(second.version, history.length);
});

test("two instances share nothing: a handle stays with its own", () => {
  const one = loadSync();
  const other = loadSync();
  using mine = one.open("channel", stream);
  const theirs = other.open("channel", stream);
  mine.fold(history);
  assert.equal(theirs.version, 0);
  theirs.close();
  assert.equal(mine.version, history.length);
});

test("an instance that ran out of memory is replaced: the caller is told, old handles say so, the next call works", (t) => {
  t.mock.method(console, "error", () => {});
  const chat = loadSync();
  const channel = chat.open("channel", stream);
  const view = chat.view("channel/general");
  channel.fold(stored([created]));
  const unavailable = { name: "CoreUnavailable", code: "core_unavailable" };
  assert.throws(
    () => chat.check(new Endless()),
    (error: unknown) => {
      assert.ok(error instanceof CoreUnavailable);
      assert.equal(error.code, "core_unavailable");
      assert.ok(error.cause !== undefined, "the cause is kept");
      return true;
    },
  );

  assert.throws(() => channel.version, unavailable);
  assert.throws(() => channel.admits("ada"), unavailable);
  assert.throws(() => channel.decide(say("m1"), ada), { ...unavailable, message: /^channel-general went with/ });
  assert.throws(() => view.bytes(), unavailable);
  channel.close(); // gives back what is gone: nothing to do
  view.close();

  using again = chat.open("channel", stream);
  again.fold(stored([created]));
  const verdict = again.decide(say("m1"), ada);
  assert.ok(verdict.accepted);
  assert.equal(verdict.events[0]?.domain, chat.hash, "the new instance knows its hash");
});

test("an instance is replaced as often as it takes", (t) => {
  t.mock.method(console, "error", () => {});
  const chat = loadSync();
  for (let round = 0; round < 5; round += 1) {
    using channel = chat.open("channel", stream);
    channel.fold(history);
    assert.equal(channel.version, history.length);
    assert.throws(() => channel.decideBytes(new Endless(), new Uint8Array()), CoreUnavailable);
  }
});

test("an input larger than all memory stops the instance, however full that is, and spoils nothing", (t) => {
  t.mock.method(console, "error", () => {});
  for (const Large of [Endless, BeyondNumbers]) {
    const chat = loadSync();
    using channel = chat.open("channel", stream);
    using view = chat.view("channel/general");
    channel.fold(history);
    view.project(history);
    assert.throws(() => chat.check(new Large()), CoreUnavailable);
    using again = chat.view("channel/general");
    again.project(history);
    assert.equal(again.checkpoint[stream], history.length);
  }
});

test("what is never closed is told as a leak, what is closed is not", () => {
  const script = `
    import { loadSync } from "@crowbar/domain/chat";
    const chat = loadSync();
    (() => { chat.open("channel", "channel-forgotten"); chat.open("channel", "channel-closed").close(); })();
    for (let turn = 0; turn < 20; turn += 1) { gc(); await new Promise((resolve) => setTimeout(resolve, 5)); }
  `;
  const child = spawnSync(process.execPath, ["--expose-gc", "--input-type=module", "-e", script], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  assert.equal(child.status, 0, child.stderr);
  assert.match(child.stderr, /crowbar: channel-forgotten was not closed/);
  assert.doesNotMatch(child.stderr, /channel-closed/);
});
