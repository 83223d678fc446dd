import assert from "node:assert/strict";
import { test } from "node:test";
import { all, general, told } from "../appends.ts";
import type { OpenStore } from "../event_store_contract.ts";

export function closing(open: OpenStore): void {
  test("what was asked for before closing is carried out", async (t) => {
    const store = open(t);
    const appends = Array.from({ length: 600 }, (_, at) => store.append(told(`c${at}`, { at })));
    const saved = store.saveSnapshot({ stream: general, version: 1, domain: "m1", bytes: new Uint8Array(1) });
    await store.close();
    for (const append of appends) assert.deepEqual(await append, { kind: "appended" });
    await saved;
  });

  test("a closed store says so, and may be closed again", async (t) => {
    const store = open(t);
    await store.append(told("c1"));
    await store.close();
    await store.close();
    const closed = { name: "StoreUnavailable", reason: "closed" };
    await assert.rejects(store.append(told("c2")), closed);
    await assert.rejects(store.decided("c1"), closed);
    await assert.rejects(store.head(general), closed);
    await assert.rejects(store.read(general, 0, 1), closed);
    await assert.rejects(store.claimed(["k"]), closed);
    await assert.rejects(store.snapshot(general, "m1"), closed);
    await assert.rejects(
      store.saveSnapshot({ stream: general, version: 1, domain: "m1", bytes: new Uint8Array(1) }),
      closed,
    );
    await assert.rejects(store.log(0, 1), closed);
    await assert.rejects(store.cursor("relay"), closed);
    await assert.rejects(store.saveCursor("relay", 1), closed);
    await assert.rejects(store.streams("", 1), closed);
    await assert.rejects(store.commands(general, 0, 1), closed);
    await assert.rejects(all(store.check()), closed);
  });
}
