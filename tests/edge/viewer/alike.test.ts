import assert from "node:assert/strict";
import { test } from "node:test";
import { forged, misplaced } from "../auth/forged.ts";
import { create } from "../commands/said.ts";
import { adas, atTheEdge, event, outcomeOf, posted } from "./at_the_edge.ts";

const { handler, passages } = atTheEdge();

for (const [door, asked] of [
  ["a view", (authorization: readonly string[]) => event({ headers: { authorization } })],
  ["commands", (authorization: readonly string[]) => posted(create(1), { authorization })],
] as const) {
  test(`at the door of ${door} every forged token gets the same answer, byte by byte`, async () => {
    const expected = JSON.stringify(await handler(asked(["Bearer forged"])));
    assert.match(expected, /"status":"401".*token_refused/);
    const all = {
      ...Object.fromEntries(Object.entries(forged).map(([name, text]) => [name, [`Bearer ${text}`]])),
      ...misplaced,
    };
    for (const [name, values] of Object.entries(all)) {
      assert.equal(JSON.stringify(await handler(asked(values))), expected, name);
      assert.doesNotMatch(JSON.stringify(passages.at(-1)), /eyJ/, "and the log holds no token");
    }
    assert.equal(outcomeOf(await handler(asked([adas]))), "passed");
  });
}
