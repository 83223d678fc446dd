import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreUnavailable } from "../../../edge/store/event_store.ts";
import { MemoryEventStore, type Step } from "../../../edge/store/memory.ts";
import { general, saysOf, told } from "./appends.ts";
import { eventStoreContract } from "./event_store_contract.ts";

eventStoreContract("in memory", () => new MemoryEventStore());

function failingOnceAt(step: Step, ...ids: readonly string[]): MemoryEventStore {
  let armed = true;
  return new MemoryEventStore({
    fault: (at, commandIds) => {
      if (!armed || at !== step || !ids.every((id) => commandIds.includes(id))) return;
      armed = false;
      throw new StoreUnavailable("full", "There is no room left.");
    },
  });
}

test("a fault before a batch leaves nothing of it", async () => {
  const store = failingOnceAt("append", "c2");
  const results = await Promise.allSettled([store.append(told("c1")), store.append(told("c2", { at: 1 }))]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.equal(await store.head(general), 0);
  assert.deepEqual(await store.append(told("c1")), { kind: "appended" });
});

test("a fault after a batch leaves all of it, and only its callers do not know", async () => {
  const store = failingOnceAt("appended", "c1");
  await assert.rejects(store.append(told("c1")), { reason: "full" });
  assert.deepEqual(await saysOf(store, general), ["by c1"]);
  assert.equal((await store.append(told("c1"))).kind, "known");
});

test("reading and saving fail by themselves", async () => {
  const reading = failingOnceAt("read");
  await assert.rejects(reading.head(general), { reason: "full" });
  assert.equal(await reading.head(general), 0);
  const saving = failingOnceAt("save");
  await assert.rejects(saving.saveCursor("relay", 1), { reason: "full" });
  assert.equal(await saving.cursor("relay"), 0);
});
