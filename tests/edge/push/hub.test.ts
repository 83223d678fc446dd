import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { Hub } from "../../../edge/push/hub.ts";
import { Remembered } from "../../../edge/push/remembered.ts";
import { position, pushContract } from "./push_contract.ts";

const ids = new CountedIds();

pushContract("the hub", (remembered) => new Hub({ epoch: ids.request(), remembered }));

test("whatever is published, each remembered view comes once, in order, with its newest position", () => {
  const views = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 400 });
  fc.assert(
    fc.property(views, fc.integer({ min: 1, max: 8 }), fc.nat(400), (published, most, from) => {
      const remembered = new Remembered(most);
      published.forEach((view, index) => {
        remembered.add(position(String(view), index + 1));
      });
      const newest = new Map<number, number>();
      published.forEach((view, index) => {
        newest.set(view, index + 1);
      });
      const inOrder = [...newest.values()].sort((a, b) => a - b).slice(-most);
      const heard: number[] = [];
      for (let next = remembered.after(from); next !== undefined; next = remembered.after(next.number)) {
        assert.deepEqual(next.position, position(String(published[next.number - 1]), next.number));
        heard.push(next.number);
      }
      assert.deepEqual(
        heard,
        inOrder.filter((number) => number > from),
      );
      assert.equal(remembered.last, published.length);
      // Who has come at least so far has every newer view among what is remembered.
      for (const number of newest.values()) assert.ok(number <= remembered.forgotten || inOrder.includes(number));
    }),
    { seed: 3, numRuns: 300 },
  );
});
