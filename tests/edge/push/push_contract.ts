// What every Push keeps to, however it carries positions.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Position, Push, Pushed } from "../../../edge/push/push.ts";

/** The version of a view at which its stream's version is that too. */
export const position = (view: string, version: number): Position => ({
  view,
  etag: `"${view} ${version}"`,
  checkpoint: { "channel-general": version },
});

/** What came, in short: `channel/general 3`, or `missed`. */
export const short = (pushed: Pushed) =>
  "missed" in pushed ? "missed" : `${pushed.position.view} ${Object.values(pushed.position.checkpoint)}`;

/** Takes that many. */
export async function take(pushed: AsyncIterator<Pushed>, count: number): Promise<readonly Pushed[]> {
  const taken: Pushed[] = [];
  while (taken.length < count) {
    const next = await pushed.next();
    assert.ok(!next.done, `it ended after ${taken.length}`);
    taken.push(next.value);
  }
  return taken;
}

/** Runs the suite against pushes that `open` makes; each remembers the positions of at most `remembered` views. */
export function pushContract(name: string, open: (remembered: number) => Push): void {
  const it = (sentence: string, run: (push: Push, signal: AbortSignal, end: () => void) => Promise<void>) =>
    test(sentence, async () => {
      const end = new AbortController();
      const push = open(4);
      await run(push, end.signal, () => end.abort());
      end.abort();
      await setImmediate();
      assert.equal(push.listeners, 0);
    });
  const shorts = async (pushed: AsyncIterator<Pushed>, count: number) => (await take(pushed, count)).map(short);

  describe(name, () => {
    it("a listener hears what is published, in order, from the call on", async (push, signal) => {
      push.publish(position("a", 1));
      const pushed = push.subscribe(undefined, signal);
      push.publish(position("b", 2));
      push.publish(position("c", 3));
      assert.deepEqual(await shorts(pushed, 2), ["b 2", "c 3"]);
      const waiting = shorts(pushed, 1);
      push.publish(position("a", 4));
      assert.deepEqual(await waiting, ["a 4"]);
    });

    it("every listener hears everything", async (push, signal) => {
      const listeners = Array.from({ length: 100 }, () => push.subscribe(undefined, signal));
      assert.equal(push.listeners, 100);
      for (let version = 1; version <= 4; version += 1) push.publish(position(String(version), version));
      for (const pushed of listeners) assert.deepEqual(await shorts(pushed, 4), ["1 1", "2 2", "3 3", "4 4"]);
    });

    it("who comes again goes on after the last that they heard", async (push, signal) => {
      const first = push.subscribe(undefined, signal);
      push.publish(position("a", 1));
      push.publish(position("b", 2));
      const [heard] = await take(first, 1);
      push.publish(position("c", 3));
      assert.deepEqual(await shorts(push.subscribe(heard?.id, signal), 2), ["b 2", "c 3"]);
    });

    it("who begins at the newest id misses nothing from then on", async (push, signal) => {
      push.publish(position("a", 1));
      const id = push.lastId;
      push.publish(position("b", 2));
      assert.deepEqual(await shorts(push.subscribe(id, signal), 1), ["b 2"]);
    });

    it("ids are different, and fit into a line of a header", async (push, signal) => {
      const pushed = push.subscribe(undefined, signal);
      const ids = new Set([push.lastId]);
      for (let version = 1; version <= 4; version += 1) {
        push.publish(position("a", version));
        const [heard] = await take(pushed, 1);
        assert.equal(heard?.id, push.lastId);
        assert.match(push.lastId, /^[\x21-\x7e]{1,100}$/);
        ids.add(push.lastId);
      }
      assert.equal(ids.size, 5);
    });

    it("of positions of one view that wait, only the newest comes", async (push, signal) => {
      const pushed = push.subscribe(undefined, signal);
      for (let version = 1; version <= 1000; version += 1) push.publish(position(`${version % 2}`, version));
      assert.deepEqual(await shorts(pushed, 2), ["1 999", "0 1000"]);
    });

    it("who comes again after what is forgotten hears first that they missed something, then the new", async (push, signal) => {
      push.publish(position("a", 1));
      const id = push.lastId;
      for (let version = 2; version <= 6; version += 1) push.publish(position(String(version), version));
      const pushed = push.subscribe(id, signal);
      const [missed] = await take(pushed, 1);
      assert.deepEqual(missed, { id: push.lastId, missed: true });
      push.publish(position("a", 7));
      assert.deepEqual(await shorts(pushed, 1), ["a 7"]);
      assert.deepEqual(await shorts(push.subscribe(missed?.id, signal), 1), ["a 7"], "and can go on from there");
    });

    it("a slow listener hears once that it missed something, however much it is", async (push, signal) => {
      const pushed = push.subscribe(undefined, signal);
      for (let version = 1; version <= 10_000; version += 1) push.publish(position(String(version), version));
      assert.deepEqual(await shorts(pushed, 1), ["missed"]);
      push.publish(position("a", 10_001));
      assert.deepEqual(await shorts(pushed, 1), ["a 10001"]);
    });

    it("an id of before the start, of nowhere, or of the future has missed something", async (push, signal) => {
      const earlier = open(4);
      earlier.publish(position("a", 1));
      push.publish(position("a", 1));
      const future = push.lastId.replace("1", "2");
      const ids = [
        earlier.lastId,
        "",
        "1",
        "x".repeat(10_000),
        `${push.lastId}0`,
        `${push.lastId} `,
        future,
        "0",
        "-1",
        "NaN",
      ];
      for (const id of [...ids, push.lastId.replace(/1$/, "-1"), push.lastId.replace(/1$/, "NaN")]) {
        assert.deepEqual(await take(push.subscribe(id, signal), 1), [{ id: push.lastId, missed: true }], id);
      }
    });

    it("listening ends when the signal is aborted, also for who waits", async (push, signal, end) => {
      const pushed = push.subscribe(undefined, signal);
      const waiting = pushed.next();
      end();
      assert.deepEqual(await waiting, { done: true, value: undefined });
      push.publish(position("a", 1));
      assert.deepEqual(await pushed.next(), { done: true, value: undefined });
      assert.equal(push.listeners, 0);
      assert.deepEqual(await push.subscribe(undefined, signal).next(), { done: true, value: undefined });
      assert.equal(push.listeners, 0);
    });

    it("listening ends when the loop over it is left", async (push, signal) => {
      push.publish(position("a", 1));
      const id = push.lastId;
      push.publish(position("b", 2));
      for await (const _ of push.subscribe(id, signal)) break;
      assert.equal(push.listeners, 0);
    });

    it("nobody needs to listen", async (push) => {
      push.publish(position("a", 1));
      assert.equal(push.listeners, 0);
    });
  });
}
