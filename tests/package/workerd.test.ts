// The entry that a Worker gets, run as workerd would: found by its condition, with an imported module.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { consume } from "./consumer.js";
import { pack, project } from "./project.ts";

const expected = await consume();
const fresh = project(pack("workerd"), {
  "main.js": `import { consume } from "./consumer.js";
console.log(import.meta.resolve("@crowbar/domain/chat"));
console.log(await consume());
`,
  "sync.js": `import { loadSync } from "@crowbar/domain/chat";
console.log(loadSync().hash);
`,
});
after(() => fresh[Symbol.dispose]());

/** Runs a file of the project where nothing compiles: neither modules nor strings. */
function run(file: string, ...options: readonly string[]) {
  const worker = ["--import", fileURLToPath(new URL("workerd.mjs", import.meta.url))];
  const args = ["--disallow-code-generation-from-strings", ...worker, ...options, fresh.path(file)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { lines: stdout.trimEnd().split("\n"), stderr };
}

test("under the condition workerd the module is imported, and decides as everywhere", () => {
  const { lines, stderr } = run("main.js", "--conditions=workerd");
  assert.equal(stderr, "");
  assert.match(lines[0] ?? "", /\/dist\/chat\/workerd\.js$/);
  assert.equal(lines[1], expected);
});

test("an imported module is there at once", () => {
  const { lines, stderr } = run("sync.js", "--conditions=workerd");
  assert.equal(stderr, "");
  assert.deepEqual(lines, [JSON.parse(expected).hash]);
});

test("without the condition a Worker gets the inlined module, which it may not compile", () => {
  const { lines, stderr } = run("main.js");
  assert.match(lines[0] ?? "", /\/dist\/chat\/index\.js$/);
  assert.equal(lines.length, 1);
  assert.match(stderr, /CrowbarError: .*disallowed by embedder/);
});
