import assert from "node:assert/strict";
import { test } from "node:test";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import type { Ids } from "../../../edge/context/ids.ts";
import { SystemIds } from "../../../edge/context/system_ids.ts";

const noon = 1_709_208_000_000;
const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timeOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
const drawn = (ids: Ids, count: number) => Array.from({ length: count }, () => ids.request());

for (const [name, ids] of [
  ["the machine's ids", new SystemIds(new FixedClock(noon))],
  ["counted ids", new CountedIds()],
] as const) {
  test(`${name} are UUIDs of version 7, each greater than the one before`, () => {
    const some = drawn(ids, 20_000);
    for (const id of some) assert.match(id, form);
    assert.deepEqual(some, [...new Set(some)].sort());
  });
}

test("an id says when it was made", async () => {
  const clock = new FixedClock(noon);
  const ids = new SystemIds(clock);
  assert.equal(timeOf(ids.request()), noon);
  await clock.advance(1_234);
  assert.equal(timeOf(ids.request()), noon + 1_234);
});

test("ids go on upwards when the clock steps back, and when a millisecond has too many of them", () => {
  let now = noon;
  const ids = new SystemIds({ now: () => now, sleep: async () => undefined });
  const some = drawn(ids, 10_000);
  assert.ok(timeOf(some.at(-1) ?? "") > noon);
  now -= 60_000;
  some.push(...drawn(ids, 10));
  now += 120_000;
  some.push(...drawn(ids, 10));
  assert.deepEqual(some, [...some].sort());
  assert.equal(timeOf(some.at(-1) ?? ""), noon + 60_000);
});

test("two places that make ids in the same millisecond make different ones", () => {
  const clock = new FixedClock(noon);
  const some = [...drawn(new SystemIds(clock), 1_000), ...drawn(new SystemIds(clock), 1_000)];
  assert.equal(new Set(some).size, 2_000);
});

test("counted ids are the same in every run", () => {
  assert.deepEqual(drawn(new CountedIds(), 2), [
    "00000000-0000-7000-8000-000000000001",
    "00000000-0000-7000-8000-000000000002",
  ]);
});
