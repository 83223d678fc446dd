// What every ViewStore keeps to when a replay fills new views beside the old ones: a part of its contract.
import assert from "node:assert/strict";
import { type ViewStore, ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { absent, bytesOf, keysOf, overview, put, read, textOf } from "./views.ts";

type It = (sentence: string, run: (views: ViewStore) => Promise<void>) => void;

export function generationsContract(it: It, open: () => Promise<ViewStore>): void {
  it("a generation is filled beside the current one, and readers see all of it at once", async (views) => {
    await put(views, overview, "old");
    await put(views, "channel/gone", "old");
    const next = await views.begin();
    assert.notEqual(next.generation, views.generation);
    assert.deepEqual(await keysOf(next), []);
    await put(next, overview, "new");
    assert.equal(await read(views, overview), "old");
    await views.switchTo(next);
    assert.equal(views.generation, next.generation);
    assert.equal(await read(views, overview), "new");
    assert.equal(await read(next, overview), "new");
    assert.deepEqual(await keysOf(views), [overview]);
  });

  it("a write on the condition of a view of before the switch does not touch the new ones", async (views) => {
    const old = await put(views, overview, "old");
    const next = await views.begin();
    await put(next, overview, "new");
    await views.switchTo(next);
    assert.deepEqual(await views.write(overview, bytesOf("late"), { ifMatch: old }), { kind: "changed" });
    assert.equal(await read(views, overview), "new");
  });

  it("while generations are switched, readers find the view in each, and writers lose nothing", async (views) => {
    await put(views, overview, "0");
    let done = false;
    const reader = async () => {
      for (; !done; await new Promise(setImmediate)) assert.notEqual(await views.read(overview), undefined);
    };
    const writer = async () => {
      for (; !done; await new Promise(setImmediate)) {
        const view = await views.read(overview);
        await views.write(overview, bytesOf(`${textOf(view?.bytes)}.`), { ifMatch: view?.etag ?? "" });
      }
    };
    const busy = [reader(), reader(), writer(), writer()];
    for (let turn = 1; turn <= 10; turn += 1) {
      const next = await views.begin();
      await put(next, overview, String(turn));
      await views.switchTo(next);
      assert.match((await read(views, overview)) ?? "", new RegExp(`^${turn}\\.*$`));
    }
    done = true;
    await Promise.all(busy);
  });

  it("while generations are switched, each list of keys is whole", async (views) => {
    const keys = Array.from({ length: 30 }, (_, index) => `messages/${index}/1`).sort();
    const fill = async (store: ViewStore) => {
      for (const key of keys) await put(store, key, key);
    };
    await fill(views);
    let done = false;
    const reader = async () => {
      for (; !done; await new Promise(setImmediate)) assert.deepEqual(await keysOf(views), keys);
    };
    const readers = [reader(), reader(), reader()];
    for (let turn = 0; turn < 5; turn += 1) {
      const next = await views.begin();
      await fill(next);
      await views.switchTo(next);
    }
    done = true;
    await Promise.all(readers);
  });

  it("a generation that was replaced is dropped: its own store says so", async (views) => {
    const first = await views.begin();
    await put(first, overview, "first");
    await views.switchTo(first);
    await views.switchTo(await views.begin());
    assert.equal(await views.read(overview), undefined);
    await assert.rejects(first.read(overview), ViewsUnavailable);
    await assert.rejects(first.write(overview, bytesOf("x"), absent), ViewsUnavailable);
    await assert.rejects(views.switchTo(first), ViewsUnavailable);
  });

  it("a generation that is closed before it was switched to is dropped, and no name comes twice", async (views) => {
    const abandoned = await views.begin();
    await put(abandoned, overview, "abandoned");
    await abandoned.close();
    await assert.rejects(abandoned.read(overview), ViewsUnavailable);
    await assert.rejects(views.switchTo(abandoned), ViewsUnavailable);
    const names = new Set([views.generation, abandoned.generation, (await views.begin()).generation]);
    assert.equal(names.size, 3);
  });

  it("closing the store of the current generation drops nothing", async (views) => {
    const next = await views.begin();
    await put(next, overview, "new");
    await views.switchTo(next);
    await next.close();
    assert.equal(await read(views, overview), "new");
  });

  it("only what was begun here is switched to", async (views) => {
    const elsewhere = await open();
    await assert.rejects(async () => views.switchTo(await elsewhere.begin()), TypeError);
    await elsewhere.close();
  });
}
