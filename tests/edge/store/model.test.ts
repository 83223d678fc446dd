// The twin in memory is the model: whatever is asked of both, they answer the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { all, release, take, told } from "./appends.ts";
import { plain } from "./contract/appending.ts";
import { folderFor, openIn } from "./folder.ts";

const streams = ["channel-general", "channel-random", "user-ada"];
const keys = ["channel-name:general", "channel-name:random"];

const append = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map((number) => `c${number}`),
  stream: fc.constantFrom(...streams),
  /** How far from the head: mostly on it. */
  beside: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) }),
  says: fc.array(
    fc.string({ unit: "grapheme", minLength: 1 }).filter((said) => !said.includes("\n")),
    { maxLength: 3 },
  ),
  claims: fc.array(fc.tuple(fc.boolean(), fc.constantFrom(...keys)), { maxLength: 2 }),
});

const step = fc.oneof(
  { weight: 8, arbitrary: fc.array(append, { minLength: 1, maxLength: 8 }).map((appends) => ({ appends })) },
  { weight: 2, arbitrary: fc.constant({ reopen: true as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ snapshotOf: fc.constantFrom(...streams), version: fc.integer({ min: 1, max: 9 }) }),
  },
  { weight: 2, arbitrary: fc.record({ cursor: fc.constantFrom("relay", "other"), position: fc.nat(50) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function carryOut(store: EventStore, step: Step): Promise<unknown> {
  if ("snapshotOf" in step) {
    const { snapshotOf: stream, version } = step;
    return store.saveSnapshot({ stream, version, domain: "m1", bytes: new TextEncoder().encode(`${version}`) });
  }
  if ("cursor" in step) return store.saveCursor(step.cursor, step.position);
  if ("reopen" in step) return;
  const heads = new Map(await Promise.all(streams.map(async (stream) => [stream, await store.head(stream)] as const)));
  const results = await Promise.all(
    step.appends.map(({ id, stream, beside, says, claims }) => {
      const at = Math.max(0, (heads.get(stream) ?? 0) + beside);
      if (beside === 0) heads.set(stream, at + says.length);
      return store.append(
        told(id, { stream, at, says, claims: claims.map(([takes, key]) => (takes ? take(key) : release(key))) }),
      );
    }),
  );
  return results.map((result) => (result.kind === "known" ? { ...result, decided: plain(result.decided) } : result));
}

/** Everything that a store can be asked for. */
async function holds(store: EventStore): Promise<unknown> {
  const read = streams.map(async (stream) => plain(await store.read(stream, 1, 5)));
  const commands = streams.map(async (stream) => (await store.commands(stream, 0, 99)).map(plain));
  return {
    streams: await store.streams("", 99),
    log: (await store.log(0, 999)).map(plain),
    claims: [...(await store.claimed(keys))],
    read: await Promise.all(read),
    commands: await Promise.all(commands),
    snapshots: await Promise.all(streams.map(async (stream) => plain(await store.snapshot(stream, "m1")))),
    cursors: [await store.cursor("relay"), await store.cursor("other")],
  };
}

test("SQLite answers as memory does, whatever is asked, and reopened at any time", async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const folder = folderFor(t);
      const memory = new MemoryEventStore();
      let stored = openIn(folder);
      for (const step of steps) {
        if ("reopen" in step) {
          await stored.close();
          stored = openIn(folder);
        }
        assert.deepEqual(await carryOut(stored, step), await carryOut(memory, step));
      }
      assert.deepEqual(await holds(stored), await holds(memory));
      // Here, snapshots and cursors are made up.
      const damaged = (await all(stored.check())).filter(({ what }) => !/^(cursor|snapshot) /.test(what));
      assert.deepEqual(damaged, []);
      await stored.close();
    }),
    { seed: 7, numRuns: Number(process.env.CROWBAR_RUNS ?? 60) },
  );
});
