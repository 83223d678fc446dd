// What every Clock keeps to.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Clock } from "../../../edge/context/clock.ts";

/** Runs the suite; `pass` lets at least so many ms pass on that clock. */
export function clockContract(name: string, open: () => { clock: Clock; pass: (ms: number) => Promise<void> }): void {
  describe(name, () => {
    test("it says a moment in whole milliseconds, and never an earlier one than before", async () => {
      const { clock, pass } = open();
      const before = clock.now();
      assert.ok(Number.isSafeInteger(before) && before > 0);
      await pass(3);
      assert.ok(clock.now() >= before);
    });

    test("a sleeper wakes when its time has passed", async () => {
      const { clock, pass } = open();
      const before = clock.now();
      const slept = clock.sleep(20);
      await pass(25);
      await slept;
      // A timer may fire within the millisecond before it is due.
      assert.ok(clock.now() - before >= 19);
    });

    test("sleepers wake in order of their moments", async () => {
      const { clock, pass } = open();
      const woken: string[] = [];
      const sleep = (ms: number, who: string) => clock.sleep(ms).then(() => woken.push(who));
      const all = [sleep(60, "last"), sleep(1, "first"), sleep(30, "second")];
      await pass(70);
      await Promise.all(all);
      assert.deepEqual(woken, ["first", "second", "last"]);
    });

    test("no time at all passes soon", async () => {
      const { clock, pass } = open();
      const slept = Promise.all([clock.sleep(0), clock.sleep(-5)]);
      await pass(1);
      await slept;
    });

    test("a sleeper is woken by its signal, with the signal's reason", async () => {
      const { clock } = open();
      const end = new AbortController();
      const reason = new Error("the place closes down");
      const slept = clock.sleep(2 ** 40, end.signal);
      end.abort(reason);
      await assert.rejects(slept, reason);
      await assert.rejects(clock.sleep(1, end.signal), reason);
    });

    test("a very long sleep is not a short one", async () => {
      const { clock, pass } = open();
      const end = new AbortController();
      let woken = false;
      const slept = clock.sleep(2 ** 31 + 1, end.signal).then(() => {
        woken = true;
      });
      for (let turn = 0; turn < 10; turn += 1) await pass(5);
      assert.equal(woken, false);
      end.abort();
      await assert.rejects(slept);
    });
  });
}
