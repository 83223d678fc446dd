// What every ViewStore keeps to, whatever it stores in.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ViewStore, ViewsUnavailable } from "../../../edge/views/view_store.ts";
import { generationsContract } from "./generations_contract.ts";
import { lookalikes, noKeys } from "./view_keys.ts";
import { absent, bytesOf, keysOf, overview, put, read, textOf } from "./views.ts";

/** Runs the suite against stores that `open` makes: empty, each by itself. */
export function viewStoreContract(name: string, open: () => Promise<ViewStore>): void {
  const it = (sentence: string, run: (views: ViewStore) => Promise<void>) =>
    test(sentence, async () => {
      const views = await open();
      try {
        await run(views);
      } finally {
        await views.close();
      }
    });

  describe(name, () => {
    it("a view that was never written is not there", async (views) => {
      assert.equal(await views.read(overview), undefined);
      assert.deepEqual(await keysOf(views), []);
    });

    it("a view is read as the bytes that were written, whatever they are", async (views) => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
      await views.write(overview, bytes, absent);
      assert.deepEqual(new Uint8Array((await views.read(overview))?.bytes ?? []), bytes);
      await views.write("allusers", new Uint8Array(0), absent);
      assert.equal((await views.read("allusers"))?.bytes.length, 0);
    });

    it("what is done with the bytes afterwards changes nothing", async (views) => {
      const bytes = bytesOf("as it was");
      await views.write(overview, bytes, absent);
      bytes.fill(0);
      (await views.read(overview))?.bytes.fill(0);
      assert.equal(await read(views, overview), "as it was");
    });

    it("its tag is strong, the one that writing answered, and equal for equal bytes alone", async (views) => {
      const one = await put(views, overview, "one");
      assert.match(one, /^"[\w-]{22,}"$/);
      assert.equal((await views.read(overview))?.etag, one);
      assert.equal(await put(views, "channel/random", "one"), one);
      assert.notEqual(await put(views, "channel/other", "onf"), one);
      assert.notEqual(await put(views, "channel/empty", ""), one);
    });

    it("a view is written only where it is still the one that was read", async (views) => {
      const one = await put(views, overview, "one");
      const two = await views.write(overview, bytesOf("two"), { ifMatch: one });
      assert.equal(two.kind, "written");
      assert.deepEqual(await views.write(overview, bytesOf("late"), { ifMatch: one }), { kind: "changed" });
      assert.equal(await read(views, overview), "two");
    });

    it("a view is begun only where there is none", async (views) => {
      await put(views, overview, "one");
      assert.deepEqual(await views.write(overview, bytesOf("other"), absent), { kind: "changed" });
      assert.equal(await read(views, overview), "one");
    });

    it("a view that is not there matches no tag", async (views) => {
      const one = await put(views, overview, "one");
      for (const ifMatch of [one, "*", '""', ""]) {
        assert.deepEqual(await views.write("allusers", bytesOf("one"), { ifMatch }), { kind: "changed" });
      }
      assert.equal(await views.read("allusers"), undefined);
    });

    it("a weak tag, and any other than the very one, does not match", async (views) => {
      const one = await put(views, overview, "one");
      for (const ifMatch of [`W/${one}`, one.slice(1, -1), `${one}, "other"`, "*", `${one} `]) {
        assert.deepEqual(await views.write(overview, bytesOf("two"), { ifMatch }), { kind: "changed" });
      }
    });

    it("of 100 who begin the same view, one does", async (views) => {
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, index) => views.write(overview, bytesOf(String(index)), absent)),
      );
      const written = results.flatMap((result, index) => (result.kind === "written" ? [String(index)] : []));
      assert.equal(written.length, 1);
      assert.equal(await read(views, overview), written[0]);
    });

    it("100 who read, change and write the same view lose nothing of each other's", async (views) => {
      await put(views, overview, "0");
      let again = 0;
      const addOne = async () => {
        for (;;) {
          const view = await views.read(overview);
          assert.ok(view);
          const next = bytesOf(String(Number(textOf(view.bytes)) + 1));
          if ((await views.write(overview, next, { ifMatch: view.etag })).kind === "written") return;
          again += 1;
        }
      };
      await Promise.all(Array.from({ length: 100 }, addOne));
      assert.equal(await read(views, overview), "100");
      assert.ok(again > 0, "they have met");
    });

    it("views are told in order of their keys, and keys that differ are different views", async (views) => {
      for (const key of lookalikes) await put(views, key, key);
      assert.deepEqual(await keysOf(views), [...lookalikes].sort());
      for (const key of lookalikes) assert.equal(await read(views, key), key);
    });

    for (const key of noKeys) {
      it(`${JSON.stringify(key.slice(0, 20))} is no key`, async (views) => {
        await assert.rejects(views.read(key), TypeError);
        await assert.rejects(views.write(key, bytesOf("x"), absent), TypeError);
        assert.deepEqual(await keysOf(views), []);
      });
    }

    generationsContract(it, open);

    it("what is closed says so, and answers no empty view", async (views) => {
      await put(views, overview, "one");
      const next = await views.begin();
      await views.close();
      await assert.rejects(views.read(overview), ViewsUnavailable);
      await assert.rejects(next.read(overview), ViewsUnavailable);
      await assert.rejects(views.write(overview, bytesOf("x"), absent), ViewsUnavailable);
      await assert.rejects(keysOf(views), ViewsUnavailable);
      await assert.rejects(views.begin(), ViewsUnavailable);
    });
  });
}
