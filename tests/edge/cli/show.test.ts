import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import type { JsonObject, Progress } from "../../../edge/cli/operation.ts";
import { paced } from "../../../edge/cli/paced.ts";
import { reporting } from "../../../edge/cli/reporting.ts";
import { duration, show } from "../../../edge/cli/show.ts";

const step = (done: number, name = "importing"): Progress => ({
  kind: "step",
  step: name,
  done,
  total: 300,
  unit: "lines",
});

async function* work(...said: readonly Progress[]): AsyncGenerator<Progress, JsonObject, undefined> {
  yield* said;
  return { well: true };
}

test("without a terminal the end of each step is a line, and no control characters are written", async () => {
  let out = "";
  const screen = { write: (text: string) => (out += text) };
  const items: unknown[] = [];
  const said = [step(1), step(300), { kind: "item", item: 7 } as const, step(5, "views"), step(9, "views")];
  const result = await show(work(...said), screen, (item) => void items.push(item));
  assert.deepEqual([result, items], [{ well: true }, [7]]);
  assert.match(out, /^importing: 300 of 300 lines, [\d,]+\/s\nviews: 9 of 300 lines, [\d,]+\/s, .+ left\n$/);
});

test("on a terminal there is a bar with the rate and what remains", async () => {
  const written: string[] = [];
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 120,
    ...{ cursorTo: () => true, moveCursor: () => true, clearLine: () => true, clearScreenDown: () => true },
  });
  terminal.on("data", (chunk) => written.push(String(chunk)));
  const endless: Progress = { kind: "step", step: "records", done: 3, unit: "damaged" };
  await show(work(step(0), step(150), step(300), endless), terminal);
  const out = written.join("");
  assert.match(out, /importing .* 100 % {2}300 of 300 lines · [\d,]+\/s · 0 s left/);
  assert.match(out, /records {2}3 damaged · /);
});

test("a work is ended when nobody shows it any longer", async () => {
  let ended = false;
  async function* endless(): AsyncGenerator<Progress, JsonObject, undefined> {
    try {
      for (;;) yield { kind: "item", item: 1 };
    } finally {
      ended = true;
    }
  }
  const showing = show(endless(), { write: () => {} }, () => {
    throw new Error("no more");
  });
  await assert.rejects(showing, /no more/);
  assert.ok(ended);
});

test("progress comes no faster than somebody reads it, and nothing else is left out", async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => [
    step(index % 300),
    { kind: "item", item: index } as const,
  ]).flat();
  const said: Progress[] = [];
  for await (const each of paced(work(...many, step(300)))) said.push(each);
  assert.equal(said.filter(({ kind }) => kind === "item").length, 1_000);
  assert.ok(said.filter(({ kind }) => kind === "step").length < 500);
  assert.deepEqual(said.at(-1), step(300));
});

test("what a function says by a callback becomes progress, its answer the answer, its error the error", async () => {
  const working = reporting("replaying", "lines", async (say) => {
    say(1, 300);
    await new Promise(setImmediate);
    say(2, 300);
    say(3, 300);
    return 42;
  });
  const said: unknown[] = [];
  let next = await working.next();
  for (; !next.done; next = await working.next()) said.push(next.value.kind === "step" && next.value.done);
  assert.equal(next.value, 42);
  assert.deepEqual(said, [1, 3]);
  const failing = reporting("replaying", "lines", () => Promise.reject(new Error("broken")));
  await assert.rejects(failing.next(), /broken/);
});

test("times are said as a person says them", () => {
  assert.deepEqual([0, 59.4, 59.6, 3_599, 3_600, 7_260, Number.NaN, Number.POSITIVE_INFINITY].map(duration), [
    ...["0 s", "59 s", "1 min 0 s", "59 min 59 s", "1 h 0 min", "2 h 1 min", "?", "?"],
  ]);
});
