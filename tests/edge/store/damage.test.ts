// A bit that was turned over in a closed log is found, and named.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { type EventStore, StoreDamaged, StoreUnavailable } from "../../../edge/store/event_store.ts";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { all, general, saysOf, text, told } from "./appends.ts";
import { ada, Copy, fill, holds, placesOf, random } from "./damaged.ts";
import { folderFor } from "./folder.ts";

let closed: string;
/** As a process leaves it that dies: most of the log is in the write-ahead log. */
let left: string;
let whole: unknown;
const cleanups: (() => Promise<void> | void)[] = [];

before(async () => {
  const context = { after: (cleanup: () => void) => void cleanups.push(cleanup) };
  closed = folderFor(context);
  left = folderFor(context);
  const store = openEventStore(closed);
  await fill(store);
  cpSync(closed, left, { recursive: true });
  whole = await holds(store);
  await store.close();
});
after(async () => {
  for (const cleanup of cleanups) await cleanup();
});

const database = () => join(closed, "store.db");

/** The place of a text that stands in the file once, or the first one of several. */
const placeOf = (text: string, nth = 0) => {
  const at = placesOf(text, database())[nth];
  assert.ok(at !== undefined, `${text} is in the file`);
  return at;
};

/** A copy of the closed log in which a bit of that byte is turned over. */
function damagedAt(at: number, bit = 0): Copy {
  const copy = new Copy(closed);
  copy.flip("store.db", at, bit);
  return copy;
}

const damageOf = (what: string) => ({ name: "StoreDamaged", what });

async function withStore(copy: Copy, work: (store: EventStore) => Promise<void>): Promise<void> {
  const store = copy.open();
  await work(store);
  await store.close();
  copy.remove();
}

test("a damaged event is named, by whichever way it is read; all others are read", async () => {
  const copy = damagedAt(placeOf(`event of ${general}, number 17`) + 3);
  const what = `event ${general} 17`;
  await withStore(copy, async (store) => {
    await assert.rejects(store.read(general, 0, 99), damageOf(what));
    await assert.rejects(store.read(general, 16, 1), damageOf(what));
    await assert.rejects(store.log(0, 99), damageOf(what));
    await assert.rejects(all(store.readEach([random, general])), damageOf(what));
    assert.equal(text((await store.read(general, 0, 16)).events).split("\n").length, 17);
    assert.match(text((await store.read(general, 17, 99)).events), /^event of channel-general, number 18\n/);
    assert.equal((await saysOf(store, random)).length, 30);
    assert.equal(await store.head(general), 31);
    const found = [];
    for await (const damage of store.check()) found.push(damage.what);
    assert.deepEqual(found, [what]);
  });
});

test("an event with another version is missing at its own", async () => {
  // A row: its size, then its place in the table, whose last seven bits are the lowest of the version.
  const [row] = placesOf(`event of ${general}, number 17`, database());
  const content = readFileSync(database());
  const number = content.subarray((row ?? 0) - 30, row).lastIndexOf(17);
  const copy = damagedAt((row ?? 0) - 30 + number, 5);
  await withStore(copy, async (store) => {
    await assert.rejects(store.read(general, 0, 99), damageOf(`event ${general} 17`));
    await assert.rejects(store.log(0, 99), damageOf(`event ${general} 17`));
    const found = [];
    for await (const damage of store.check()) found.push(damage.what);
    assert.ok(found.includes(`event ${general} 17`), found.join());
  });
});

test("a stream's name that was changed is named, in its row and in its index", async () => {
  const found: string[] = [];
  for (const at of placesOf(ada, database())) {
    const copy = damagedAt(at + 6);
    const here = await copy.damaged();
    // What a page has left over is nobody's.
    if (here.length === 0) await withStore(copy, async (store) => assert.deepEqual(await holds(store), whole));
    else copy.remove();
    found.push(...here);
  }
  assert.ok(found.includes("stream number 3 (user-aea)"), "in its row");
  assert.ok(found.includes(`stream ${ada}`), "in the index by which it is found");
});

test("a damaged command is named; it alone fails of all that are appended with it", async () => {
  const what = `command ${random} command 9`;
  // The page that was split has it still.
  const places = placesOf(`"id":"${random} command 9"`, database());
  const copies = places.map((at) => damagedAt(at + 12));
  const struck = await Promise.all(copies.map(async (copy) => (await copy.damaged()).includes(what)));
  const copy = copies[struck.indexOf(true)];
  assert.ok(copy !== undefined);
  for (const other of copies) if (other !== copy) other.remove();
  await withStore(copy, async (store) => {
    await assert.rejects(store.decided(`${random} command 9`), damageOf(what));
    await assert.rejects(store.commands(random, 0, 99), damageOf(what));
    assert.equal((await store.commands(random, 9, 99)).length, 21);
    const [again, other, third] = await Promise.allSettled([
      store.append(told(`${random} command 9`, { stream: random, at: 8 })),
      store.append(told("new", { stream: random, at: 30 })),
      store.append(told("newer", { stream: random, at: 31 })),
    ]);
    assert.equal(again.status === "rejected" && again.reason.what, what);
    assert.deepEqual(
      [other, third].map((it) => it.status === "fulfilled" && it.value.kind),
      ["appended", "appended"],
    );
    assert.equal(await store.head(random), 32);
  });
});

test("a damaged snapshot is not there, and reported; a new one takes its place", async () => {
  const copy = damagedAt(placeOf("a snapshot of general") + 4);
  await withStore(copy, async (store) => {
    assert.equal(await store.snapshot(general, "m1"), undefined);
    assert.deepEqual(
      copy.reported.map((error) => error instanceof StoreDamaged && error.what),
      [`snapshot ${general} m1`],
    );
    await store.saveSnapshot({ stream: general, version: 5, domain: "m1", bytes: new Uint8Array([1]) });
    assert.equal((await store.snapshot(general, "m1"))?.version, 5);
  });
});

test("one bit anywhere in the file is found, or changes nothing that can be read", async () => {
  const size = statSync(database()).size;
  await fc.assert(
    fc.asyncProperty(fc.nat(size - 1), fc.nat(7), async (at, bit) => {
      const copy = damagedAt(at, bit);
      try {
        const found = await copy.damaged();
        if (found.length > 0) return;
        const store = copy.open();
        assert.deepEqual(await holds(store), whole, `bit ${bit} of byte ${at}`);
        await store.close();
      } catch (error) {
        // What says which format it is was changed: refused by that.
        assert.ok(error instanceof StoreUnavailable && error.reason === "format", String(error));
      } finally {
        copy.remove();
      }
    }),
    { seed: 5, numRuns: Number(process.env.CROWBAR_RUNS ?? 200) },
  );
});

test("a write-ahead log that is damaged before it is read again is missed, and kept", async () => {
  const size = statSync(join(left, "store.db-wal")).size;
  await fc.assert(
    fc.asyncProperty(fc.nat(size - 1), fc.nat(7), async (at, bit) => {
      const copy = new Copy(left);
      copy.flip("store.db-wal", at, bit);
      const found = await copy.damaged();
      if (found.length > 0) {
        assert.deepEqual(found, ["log"]);
        assert.ok(existsSync(join(copy.folder, "store.db-wal.damaged")));
        assert.deepEqual(await copy.damaged(), ["log"], "and again, until somebody accepts it");
      } else {
        const store = copy.open();
        assert.deepEqual(await holds(store), whole, `bit ${bit} of byte ${at}`);
        await store.close();
      }
      copy.remove();
    }),
    { seed: 6, numRuns: 30 },
  );
});
