// The module's verdict on each of the 318 files of JSONTestSuite: the table that ../json_test_suite.cpp asks natively.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const tests = fileURLToPath(new URL("..", import.meta.url));
const folder = join(tests, "json_test_suite");
const build = join(tests, "../build/wasm");

// Two files are as large as the other 316 together and only say one thing very often: they are made here.
const made = {
  "n_structure_100000_opening_arrays.json": Buffer.from("[".repeat(100_000)),
  "n_structure_open_array_object.json": Buffer.from(`${'[{"":'.repeat(50_000)}\n`),
};

const verdicts = readFileSync(join(folder, "verdicts.tsv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"));

/** Asks the module what it says of some bytes: "accepted", or the code of its refusal. */
async function loadCheck() {
  const { default: create } = await import(join(build, "chat.mjs"));
  const module = await create({ wasmBinary: readFileSync(join(build, "chat.wasm")) });
  return (bytes) => {
    const at = module.input(bytes.length);
    module.HEAPU8.set(bytes, at);
    if (module.check(bytes.length)) return "accepted";
    const [start, size] = new Uint32Array(module.HEAPU8.buffer, module.answer(), 2);
    const answer = module.HEAPU8.slice(start, start + size);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(answer)).code;
  };
}

test("there is a verdict on every file of JSONTestSuite", () => {
  const files = [...readdirSync(join(folder, "test_parsing")), ...Object.keys(made)].sort();
  assert.deepEqual(verdicts.map(([file]) => file).sort(), files);
  assert.equal(files.length, 318);
});

test("each file of JSONTestSuite gets in the module the verdict that is written down", async () => {
  const check = await loadCheck();
  const said = verdicts.map(([file]) => [file, check(made[file] ?? readFileSync(join(folder, "test_parsing", file)))]);
  assert.deepEqual(
    said,
    verdicts.map(([file, code]) => [file, code]),
  );
});
