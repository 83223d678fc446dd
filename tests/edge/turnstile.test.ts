import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Turnstile } from "../../edge/turnstile.ts";

test("so many begin in a turn of the loop, the others in the next ones, in their order", async () => {
  const turnstile = new Turnstile(2);
  const begun: number[] = [];
  const come = (...numbers: readonly number[]) => {
    for (const number of numbers) turnstile.enter(() => begun.push(number));
  };
  come(1);
  assert.deepEqual(begun, [1], "whoever finds room begins at once");
  come(2, 3, 4, 5);
  assert.deepEqual(begun, [1, 2]);
  await setImmediate();
  come(6);
  assert.deepEqual(begun, [1, 2, 3, 4]);
  await setImmediate();
  assert.deepEqual(begun, [1, 2, 3, 4, 5, 6]);
  await setImmediate();
  await setImmediate();
  come(7, 8, 9);
  assert.deepEqual(begun, [1, 2, 3, 4, 5, 6, 7, 8]);
});

test("who waits goes before who comes later, though there is room", async () => {
  const turnstile = new Turnstile(2);
  const begun: number[] = [];
  for (const number of [1, 2, 3]) turnstile.enter(() => begun.push(number));
  await setImmediate();
  turnstile.enter(() => begun.push(4));
  turnstile.enter(() => begun.push(5));
  assert.deepEqual(begun, [1, 2, 3, 4]);
  await setImmediate();
  assert.deepEqual(begun, [1, 2, 3, 4, 5]);
});

test("who passes does so in a later turn, in the order in which they came, and whoever comes later too", async () => {
  const turnstile = new Turnstile(2);
  const passed: number[] = [];
  const come = (number: number) => turnstile.pass().then(() => passed.push(number));
  const first = [1, 2, 3, 4, 5].map(come);
  assert.deepEqual(passed, []);
  await setImmediate();
  assert.deepEqual(passed, [1, 2]);
  const later = come(6);
  await setImmediate();
  assert.deepEqual(passed, [1, 2, 3, 4]);
  await Promise.all([...first, later]);
  assert.deepEqual(passed, [1, 2, 3, 4, 5, 6]);
  await come(7);
  assert.deepEqual(passed.at(-1), 7);
});

test("who enters does not overtake who passes", async () => {
  const turnstile = new Turnstile(2);
  const through: string[] = [];
  const passing = turnstile.pass().then(() => through.push("passes"));
  turnstile.enter(() => through.push("enters"));
  assert.deepEqual(through, []);
  await passing;
  await setImmediate();
  assert.deepEqual(through.toSorted(), ["enters", "passes"]);
});
