import assert from "node:assert/strict";
import { test } from "node:test";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { SystemClock } from "../../../edge/context/system_clock.ts";
import { clockContract } from "./clock_contract.ts";

const noon = 1_709_208_000_000;

clockContract("the machine's clock", () => {
  const clock = new SystemClock();
  return { clock, pass: (ms) => clock.sleep(ms) };
});
clockContract("the fixed clock", () => {
  const clock = new FixedClock(noon);
  return { clock, pass: (ms) => clock.advance(ms) };
});

test("the fixed clock stands still until it is told to go on", async () => {
  const clock = new FixedClock(noon);
  assert.equal(clock.now(), noon);
  await clock.advance(1_500);
  assert.equal(clock.now(), noon + 1_500);
});

test("whoever falls asleep again and again is woken at each moment on the way", async () => {
  const clock = new FixedClock(noon);
  const moments: number[] = [];
  const beat = (async () => {
    for (let count = 0; count < 3; count += 1) {
      await clock.sleep(10);
      moments.push(clock.now() - noon);
    }
  })();
  await clock.advance(35);
  await beat;
  assert.deepEqual(moments, [10, 20, 30]);
  assert.equal(clock.now(), noon + 35);
  assert.equal(clock.sleepers, 0);
});

test("a sleeper whose signal is aborted sleeps no more", async () => {
  const clock = new FixedClock(noon);
  const end = new AbortController();
  const slept = clock.sleep(10, end.signal);
  assert.equal(clock.sleepers, 1);
  end.abort();
  assert.equal(clock.sleepers, 0);
  await assert.rejects(slept);
});
