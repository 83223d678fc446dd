import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, general, text } from "../appends.ts";
import type { OpenStore } from "../event_store_contract.ts";

const snapshot = (version: number, domain: string, stream = general) => ({
  ...{ stream, version, domain },
  bytes: bytes(`${stream} at ${version} by ${domain}`),
});

export function beside(open: OpenStore): void {
  test("the newest snapshot of a stream is kept, one for each module", async (t) => {
    const store = open(t);
    assert.equal(await store.snapshot(general, "m1"), undefined);
    await store.saveSnapshot(snapshot(10, "m1"));
    await store.saveSnapshot(snapshot(5, "m2"));
    await store.saveSnapshot(snapshot(7, "m1", "channel-random"));
    const saysOf = async (stream: string, domain: string) => {
      const found = await store.snapshot(stream, domain);
      return found && [found.stream, found.version, found.domain, text(found.bytes)];
    };
    assert.deepEqual(await saysOf(general, "m1"), [general, 10, "m1", `${general} at 10 by m1`]);
    await store.saveSnapshot(snapshot(20, "m1"));
    await store.saveSnapshot(snapshot(15, "m1"));
    assert.deepEqual(
      await saysOf(general, "m1"),
      [general, 20, "m1", `${general} at 20 by m1`],
      "an older one came late",
    );
    assert.deepEqual(await saysOf(general, "m2"), [general, 5, "m2", `${general} at 5 by m2`]);
    assert.deepEqual(await saysOf("channel-random", "m2"), undefined);
  });

  test("a snapshot is taken over at the call, and may be large", async (t) => {
    const store = open(t);
    const large = new Uint8Array(3_000_000).map((_, index) => index % 251);
    const saved = store.saveSnapshot({ stream: general, version: 1, domain: "m1", bytes: large });
    const expected = large.slice();
    large.fill(0);
    await saved;
    assert.ok(Buffer.from(expected).equals((await store.snapshot(general, "m1"))?.bytes ?? new Uint8Array(0)));
  });

  test("each reader of the log has its own cursor, 0 at first", async (t) => {
    const store = open(t);
    assert.equal(await store.cursor("relay"), 0);
    await store.saveCursor("relay", 17);
    await store.saveCursor("other", 3);
    await store.saveCursor("relay", 20);
    assert.equal(await store.cursor("relay"), 20);
    assert.equal(await store.cursor("other"), 3);
    await store.saveCursor("relay", 4);
    assert.equal(await store.cursor("relay"), 4, "a reader may go back, to read again");
  });
}
