import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Gate } from "../../../edge/views/gate.ts";

/** A task that goes on until it is told to end. */
function task(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
    return name;
  };
  return { run, end: resolve };
}

test("many pass the gate at once; who wants to be alone waits for them, and others for who is alone", async () => {
  const gate = new Gate();
  const log: string[] = [];
  const [one, two, alone, late] = ["one", "two", "alone", "late"].map((name) => task(name, log));
  assert.ok(one && two && alone && late);
  const all = [gate.pass(one.run), gate.pass(two.run), gate.alone(alone.run), gate.pass(late.run)];
  await setImmediate();
  assert.deepEqual(log, ["one begins", "two begins"]);
  one.end();
  late.end();
  await setImmediate();
  assert.deepEqual(log.splice(0), ["one begins", "two begins", "one ends"]);
  two.end();
  await setImmediate();
  assert.deepEqual(log, ["two ends", "alone begins"]);
  alone.end();
  assert.deepEqual(await Promise.all(all), ["one", "two", "alone", "late"]);
  assert.deepEqual(log.slice(2), ["alone ends", "late begins", "late ends"]);
});

test("of two who want to be alone, one comes after the other; what fails inside leaves the gate in order", async () => {
  const gate = new Gate();
  let inside = 0;
  const alone = () =>
    gate.alone(async () => {
      inside += 1;
      assert.equal(inside, 1);
      await setImmediate();
      inside -= 1;
    });
  const failing = () => Promise.reject(new Error("no"));
  const all = [alone(), gate.alone(failing), gate.pass(failing), alone()];
  const ended = await Promise.allSettled(all);
  assert.deepEqual(
    ended.map(({ status }) => status),
    ["fulfilled", "rejected", "rejected", "fulfilled"],
  );
});
