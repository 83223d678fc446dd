import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linesOf } from "../../../edge/cli/lines.ts";

async function read(chunks: readonly Uint8Array[], limit = 100): Promise<readonly (string | undefined)[]> {
  async function* stream() {
    yield* chunks;
  }
  const lines = await Array.fromAsync(linesOf(stream(), limit));
  return lines.map((line) => line && Buffer.from(line).toString());
}

test("the lines are the same however the bytes arrive", async () => {
  const line = fc.string({ unit: fc.constantFrom(..."ab\ré"), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line),
      fc.boolean(),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (lines, ends, sizes) => {
        const bytes = Buffer.from(lines.join("\n") + (ends && lines.length > 0 ? "\n" : ""));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; at += chunks.at(-1)?.length ?? 0) {
          chunks.push(bytes.subarray(at, at + (sizes.next().value ?? 1)));
        }
        // A last line without an end is one; nothing after the last end is none.
        const expected = !ends && lines.at(-1) === "" ? lines.slice(0, -1) : lines;
        assert.deepEqual(await read(chunks), expected);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

test("a line that is too long is known as one, and the next is read", async () => {
  const chunks = ["aaaa", "aaaa", "a\nbb\n", "cccc", "c\n", "dddddddd"].map((text) => Buffer.from(text));
  assert.deepEqual(await read(chunks, 5), [undefined, "bb", "ccccc", undefined]);
});

test("nothing has no lines", async () => {
  assert.deepEqual(await read([]), []);
  assert.deepEqual(await read([Buffer.alloc(0)]), []);
  assert.deepEqual(await read([Buffer.from("\n\n")]), ["", ""]);
});
