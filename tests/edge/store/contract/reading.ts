import assert from "node:assert/strict";
import { test } from "node:test";
import { all, general, text, told } from "../appends.ts";
import type { OpenStore } from "../event_store_contract.ts";
import { plain } from "./appending.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `e${index + 1}`);

export function reading(open: OpenStore): void {
  test("a stream is read after a version, up to a limit, as NDJSON", async (t) => {
    const store = open(t);
    await store.append(told("c1", { says: numbers(5) }));
    await store.append(told("c2", { stream: "channel-random", says: ["other"] }));
    const read = async (after: number, limit: number) => {
      const { events, version } = await store.read(general, after, limit);
      return [text(events), version];
    };
    assert.deepEqual(await read(0, 100), ["e1\ne2\ne3\ne4\ne5\n", 5]);
    assert.deepEqual(await read(0, 1), ["e1\n", 1]);
    assert.deepEqual(await read(1, 3), ["e2\ne3\ne4\n", 4]);
    assert.deepEqual(await read(4, Number.POSITIVE_INFINITY), ["e5\n", 5]);
    assert.deepEqual(await read(5, 10), ["", 5]);
    assert.deepEqual(await read(9, 10), ["", 9]);
    assert.deepEqual(await read(2, 0), ["", 2]);
    assert.deepEqual(await store.read("channel-none", 0, 10), { events: new Uint8Array(0), version: 0 });
  });

  test("many streams are read whole, each as it would be by itself, while others are appended to", async (t) => {
    const store = open(t);
    const names = Array.from({ length: 40 }, (_, index) => `user-${(index * 7) % 40}`);
    for (const [n, stream] of names.entries())
      await store.append(told(`c${n}`, { stream, says: numbers((n % 5) + 1) }));
    // One that is long enough to be read by itself, and one that has more events by the time at which it is read.
    const long = numbers(300).map((name) => `${name}.${"x".repeat(5_000)}`);
    await store.append(told("long", { stream: "user-long", says: long }));
    await store.append(told("last", { stream: "user-last", says: ["e1"] }));
    const asked = [...names, "user-long", "user-none", "user-last"].filter((name) => name !== "user-3");
    const found = new Map<string, readonly [string, number]>();
    for await (const whole of store.readEach(asked)) {
      if (found.size === 0) await store.append(told("later", { stream: "user-last", at: 1, says: ["e2"] }));
      for (const { stream, events, version } of whole) {
        assert.ok(!found.has(stream));
        found.set(stream, [text(events), version]);
      }
    }
    for (const [n, stream] of names.entries()) {
      const expected = numbers((n % 5) + 1);
      if (stream === "user-3") assert.ok(!found.has(stream));
      else assert.deepEqual(found.get(stream), [expected.map((name) => `${name}\n`).join(""), expected.length]);
    }
    assert.deepEqual(found.get("user-long"), [long.map((name) => `${name}\n`).join(""), 300]);
    assert.deepEqual(found.get("user-last"), ["e1\ne2\n", 2]);
    assert.ok(!found.has("user-none"));
    for await (const _ of store.readEach([])) assert.fail("nothing was asked for");
    await assert.rejects(async () => {
      for await (const _ of store.readEach([""]));
    }, TypeError);
  });

  test("the log has every event in the order of commits, and is read on from any position", async (t) => {
    const store = open(t);
    await Promise.all([
      store.append(told("c1", { says: ["a1", "a2"] })),
      store.append(told("c2", { stream: "channel-random", says: ["b1"] })),
      store.append(told("c3", { says: [], at: 2 })),
    ]);
    await store.append(told("c4", { at: 2, says: ["a3"] }));
    const log = await store.log(0, 100);
    assert.deepEqual(
      log.map(({ stream, version, bytes }) => [stream, version, text(bytes)]),
      [
        [general, 1, "a1"],
        [general, 2, "a2"],
        ["channel-random", 1, "b1"],
        [general, 3, "a3"],
      ],
    );
    const positions = log.map(({ position }) => position);
    assert.ok(positions.every((position, index) => position > (positions[index - 1] ?? 0)));
    for (const [index, after] of positions.entries()) {
      assert.deepEqual(await store.log(after, 2), log.slice(index + 1, index + 3));
    }
    assert.deepEqual(await store.log(0, 0), []);
    assert.equal((await store.log(0, Number.POSITIVE_INFINITY)).length, 4);
  });

  test("listeners hear of committed events, when they can be read, until they stop listening", async (t) => {
    const store = open(t);
    const heard: Promise<number>[] = [];
    const stop = store.onCommit(() => heard.push(store.head(general)));
    await store.append(told("c1"));
    await store.append(told("c2", { says: [], at: 1 }));
    await store.append(told("c2", { at: 1 }));
    await Promise.all([store.append(told("c3", { at: 1 })), store.append(told("c4", { at: 2 }))]);
    await Promise.resolve();
    stop();
    await store.append(told("c5", { at: 3 }));
    assert.deepEqual(await Promise.all(heard), [1, 3], "once for each commit that left events");
  });

  test("streams are listed by the bytes of their names, with their heads, page by page", async (t) => {
    const store = open(t);
    // As UTF-16, the first of these two would come last.
    const names = ["user-ada", "channel-b", "channel-\u{10000}", "channel-\uffff", "channel-a", "channel-B"];
    for (const [n, stream] of names.entries()) await store.append(told(`c${n}`, { stream, says: numbers(n + 1) }));
    await store.append(told("refused", { stream: "channel-none", says: [] }));
    const sorted = ["channel-B", "channel-a", "channel-b", "channel-\uffff", "channel-\u{10000}", "user-ada"];
    assert.deepEqual(
      await store.streams("", 100),
      sorted.map((stream) => ({ stream, version: names.indexOf(stream) + 1 })),
    );
    const page = await store.streams("channel-a", 2);
    assert.deepEqual(
      page.map(({ stream }) => stream),
      ["channel-b", "channel-\uffff"],
    );
    assert.equal((await store.streams("channel-\uffff", Number.POSITIVE_INFINITY)).length, 2);
    assert.deepEqual(await store.streams("user-ada", 10), []);
  });

  test("the commands of a stream are listed as they were decided, refused ones too", async (t) => {
    const store = open(t);
    const appends = [
      told("c9", { says: ["a", "b"] }),
      told("c3", { at: 2, says: [], actor: "bob" }),
      told("c5", { at: 2 }),
    ];
    for (const append of appends) await store.append(append);
    await store.append(told("c4", { stream: "channel-random" }));
    const commands = await store.commands(general, 0, Number.POSITIVE_INFINITY);
    assert.deepEqual(
      commands.map(plain),
      appends.map(({ decided }) => plain(decided)),
    );
    assert.deepEqual(
      (await store.commands(general, 1, 1)).map(({ id }) => id),
      ["c3"],
    );
    assert.deepEqual(await store.commands(general, 3, 10), []);
    assert.deepEqual(await store.commands("channel-none", 0, 10), []);
  });

  test("whatever was appended, every record is as it was written", async (t) => {
    const store = open(t);
    for (let n = 0; n < 20; n += 1) {
      const append = told(`c${n}`, { stream: `channel-${n % 3}`, at: Math.floor(n / 3) });
      assert.deepEqual(await store.append(append), { kind: "appended" });
    }
    await store.append(told("c20", { stream: "channel-x", says: [] }));
    assert.deepEqual(await all(store.check()), []);
  });
}
