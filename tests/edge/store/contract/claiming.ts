import assert from "node:assert/strict";
import { test } from "node:test";
import { release, take, told } from "../appends.ts";
import type { OpenStore } from "../event_store_contract.ts";

const key = "channel-name:general";
const random = "channel-random";
const holderOf = async (store: ReturnType<OpenStore>) => (await store.claimed([key])).get(key);
const refusedTo = { kind: "claimed", key, rejection: "channel_name_taken" };

export function claiming(open: OpenStore): void {
  test("a key that another stream holds is refused by name, and nothing is changed", async (t) => {
    const store = open(t);
    await store.append(told("c1", { claims: [take(key)] }));
    const second = told("c2", { stream: random, claims: [take("channel-name:free"), take(key)] });
    assert.deepEqual(await store.append(second), refusedTo);
    assert.equal(await store.decided("c2"), undefined);
    assert.equal(await store.head(random), 0);
    assert.deepEqual([...(await store.claimed([key, "channel-name:free"]))], [[key, "channel-general"]]);
  });

  test("a stream that takes what it holds keeps it", async (t) => {
    const store = open(t);
    await store.append(told("c1", { claims: [take(key), take(key)] }));
    assert.deepEqual(await store.append(told("c2", { at: 1, claims: [take(key)] })), { kind: "appended" });
    assert.equal(await holderOf(store), "channel-general");
  });

  test("a key that was given back is taken by another stream: in a later append, and in the same batch", async (t) => {
    const store = open(t);
    await store.append(told("c1", { claims: [take(key)] }));
    await store.append(told("c2", { at: 1, claims: [release(key)] }));
    assert.equal(await holderOf(store), undefined);
    assert.deepEqual(await store.append(told("c3", { stream: random, claims: [take(key)] })), { kind: "appended" });
    const together = await Promise.all([
      store.append(told("c4", { at: 2, claims: [take(key)] })),
      store.append(told("c5", { stream: random, at: 1, claims: [release(key)] })),
      store.append(told("c6", { at: 2, claims: [take(key)] })),
      store.append(told("c7", { stream: random, at: 2, claims: [take(key)] })),
    ]);
    assert.deepEqual(together, [refusedTo, { kind: "appended" }, { kind: "appended" }, refusedTo]);
    assert.equal(await holderOf(store), "channel-general");
  });

  test("claims of one append are carried out in their order", async (t) => {
    const store = open(t);
    await store.append(told("c1", { claims: [take(key)] }));
    await store.append(told("c2", { at: 1, claims: [release(key), take(key)] }));
    assert.equal(await holderOf(store), "channel-general");
    await store.append(told("c3", { at: 2, claims: [take(key), release(key)] }));
    assert.equal(await holderOf(store), undefined);
  });

  test("nobody gives back what another stream holds", async (t) => {
    const store = open(t);
    await store.append(told("c1", { claims: [take(key)] }));
    await store.append(told("c2", { stream: random, claims: [release(key), release("channel-name:none")] }));
    assert.equal(await holderOf(store), "channel-general");
  });

  test("of many that want one key at once, the first has it", async (t) => {
    const store = open(t);
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store.append(told(`c${n}`, { stream: `channel-${n}`, claims: [take(key)] })),
      ),
    );
    assert.deepEqual(results, [{ kind: "appended" }, ...Array.from({ length: 19 }, () => refusedTo)]);
    assert.equal(await holderOf(store), "channel-0");
    assert.deepEqual([...(await store.claimed([]))], []);
  });
}
