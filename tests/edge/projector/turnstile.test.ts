import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Turnstile } from "../../../edge/projector/turnstile.ts";

test("a few pass in each turn of the event loop, in the order in which they came, and whoever comes later too", async () => {
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
