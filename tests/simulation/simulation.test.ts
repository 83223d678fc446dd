// The simulation itself: it has to see what is wrong.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { campaign, type Failure } from "./campaign.ts";
import type { Flaw } from "./points.ts";

const found: readonly (readonly [Flaw, string, RegExp])[] = [
  ["answers_early", "A pipeline that answers before it has stored", /is not in the store|, then |, and now /],
  ["cursor_ahead", "A relay that says it has published what it has not", /view_behind|view_missing/],
  ["view_lost", "A view store that loses a write", /view_behind|view_missing/],
];

for (const [flaw, what, words] of found) {
  test(`${what} is found out by kills`, async () => {
    const failures: Failure[] = [];
    const tally = await campaign({ kills: 40, seed: 1, flaw, untilFailed: true, failed: (one) => failures.push(one) });
    for (const { data } of failures) rmSync(data, { recursive: true, force: true });
    assert.ok(tally.failed > 0, `${tally.passed} kills have not shown it`);
    assert.match(failures[0]?.problems.join("\n") ?? "", words);
  });
}
