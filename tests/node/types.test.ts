// TypeScript itself is asked: what types.ts says must not compile does not, and every test here is well typed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

test("wrong commands, events and codes do not compile, and right ones do", () => {
  const tsc = import.meta.resolve("typescript/package.json").replace("package.json", "bin/tsc");
  const tests = new URL("..", import.meta.url);
  const { status, stdout, stderr } = spawnSync(process.execPath, [new URL(tsc).pathname, "-p", tests.pathname], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
});
