import assert from "node:assert/strict";
import { test } from "node:test";
import { all, general, saysOf, take, told } from "../appends.ts";
import type { OpenStore } from "../event_store_contract.ts";

const names = [
  "channel-'; DROP TABLE events; --",
  'channel-"quoted"',
  "channel-`%_?:@$1",
  "channel-\\n\\0",
  "channel-\n\r\t\u0001\u007f",
  "channel-ä",
  "channel-a\u0308",
  "channel-\u202e\u200b\ufeff",
  "channel-👩‍👩‍👧",
  `channel-${"x".repeat(120)}`,
  `channel-${"👩".repeat(60)}`,
  "channel- ",
  " ",
  "channel-A",
  "channel-a",
  "constructor",
  "__proto__",
  "0",
];

export function hostile(open: OpenStore): void {
  test("a name is kept as it is, and never taken for another", async (t) => {
    const store = open(t);
    for (const [n, name] of names.entries()) {
      const append = told(name, { stream: name, actor: name, says: [`of ${n}`], claims: [take(name)] });
      assert.deepEqual(await store.append(append), { kind: "appended" }, name);
      await store.saveCursor(name, n + 1);
      await store.saveSnapshot({ stream: name, version: 1, domain: name, bytes: new Uint8Array([n]) });
    }
    for (const [n, name] of names.entries()) {
      assert.deepEqual(await saysOf(store, name), [`of ${n}`]);
      assert.equal((await store.decided(name))?.actor, name);
      assert.equal((await store.claimed([name])).get(name), name);
      assert.deepEqual(
        (await store.commands(name, 0, 9)).map(({ id, stream }) => [id, stream]),
        [[name, name]],
      );
      assert.equal(await store.cursor(name), n + 1);
      assert.deepEqual([...((await store.snapshot(name, name))?.bytes ?? [])], [n]);
    }
    assert.deepEqual((await store.streams("", 99)).map(({ stream }) => stream).sort(), [...names].sort());
    assert.deepEqual(await all(store.check()), []);
  });

  test("text that could be taken for another is no name", async (t) => {
    const store = open(t);
    for (const name of ["", "a\0b", "\0", "\ud800", "a\udc00b"]) {
      await assert.rejects(store.append(told(name)), TypeError);
      await assert.rejects(store.append(told("c1", { stream: name })), TypeError);
      await assert.rejects(store.append(told("c1", { claims: [take(name)] })), TypeError);
      await assert.rejects(store.decided(name), TypeError);
      await assert.rejects(store.head(name), TypeError);
      await assert.rejects(store.read(name, 0, 1), TypeError);
      await assert.rejects(store.claimed([name]), TypeError);
      await assert.rejects(store.snapshot(name, "m1"), TypeError);
      await assert.rejects(store.saveCursor(name, 1), TypeError);
    }
    assert.deepEqual(await store.streams("", 9), []);
  });

  test("a number that counts nothing is the caller's bug", async (t) => {
    const store = open(t);
    await store.append(told("c1"));
    for (const number of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      await assert.rejects(store.read(general, number, 1), RangeError);
      await assert.rejects(store.log(number, 1), RangeError);
      await assert.rejects(store.commands(general, number, 1), RangeError);
      await assert.rejects(store.saveCursor("relay", number), RangeError);
      const snapshot = { stream: general, version: number, domain: "m1", bytes: new Uint8Array(1) };
      await assert.rejects(store.saveSnapshot(snapshot), RangeError);
    }
  });

  test("an event is any bytes but a line's end, and may have a megabyte", async (t) => {
    const store = open(t);
    const every = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 10 ? 0 : byte));
    const large = new Uint8Array(1_000_000).fill(0xff);
    const { decided } = told("c1");
    const events = [every, large, every].map((bytes, index) => ({ version: index + 1, bytes }));
    assert.deepEqual(await store.append({ decided: { ...decided, verdict: large }, events, claims: [] }), {
      kind: "appended",
    });
    const expected = Buffer.concat(events.flatMap(({ bytes }) => [bytes, Buffer.from("\n")]));
    assert.ok(expected.equals((await store.read(general, 0, 9)).events));
    assert.deepEqual(
      (await store.log(0, 9)).map(({ bytes }) => bytes.length),
      [256, 1_000_000, 256],
    );
    assert.ok(Buffer.from(large).equals((await store.decided("c1"))?.verdict ?? new Uint8Array(0)));
  });

  test("events that are more than is read at once are read in pieces", async (t) => {
    const store = open(t);
    const large = new Uint8Array(4_000_000).fill(97);
    for (let at = 0; at < 10; at += 1) {
      const { decided } = told(`c${at}`, { at });
      await store.append({ decided, events: [{ version: at + 1, bytes: large }], claims: [] });
    }
    let version = 0;
    for (
      let read = await store.read(general, 0, 99);
      read.version > version;
      read = await store.read(general, version, 99)
    ) {
      assert.equal(read.events.length, (read.version - version) * 4_000_001);
      version = read.version;
    }
    assert.equal(version, 10);
  });
}
