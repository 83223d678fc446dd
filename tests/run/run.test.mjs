import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { countsIn, judge, line } from "./counts.mjs";
import { differences } from "./dependencies.mjs";
import { execute } from "./execute.mjs";
import { plan, readArguments } from "./plan.mjs";
import { steps } from "./steps.mjs";
import { missing } from "./system.mjs";

const counted = (passed, failed, skipped = 0) => ({ passed, failed, skipped });
const done = { code: 0, signal: null, timedOut: false };

// Each is what the runner really printed, with lines around it that must not be taken for counts.
const outputs = [
  ["a plain line", "…\n12 passed, 0 failed\n", counted(12, 0)],
  ["a plain line with skipped ones", "12 passed, 1 failed, 3 skipped", counted(12, 1, 3)],
  ["plain lines with a word", "native: 10 passed, 0 failed\nchromium: 9 passed, 1 failed\n", counted(19, 1)],
  [
    "the whole after its parts",
    "native: 10 passed, 0 failed\nnode: 10 passed, 0 failed\n20 passed, 0 failed",
    counted(20, 0),
  ],
  ["two wholes", "3 passed, 0 failed\n4 passed, 0 failed\n", counted(7, 0)],
  ["coloured and with carriage returns", "\u001b[32m5 passed, 0 failed\u001b[0m\r\n", counted(5, 0)],
  ["prose", "of these 5 passed, 0 failed and the rest slept", undefined],
  [
    "node:test, spec",
    "✔ a\nℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n",
    counted(3, 1, 1),
  ],
  ["node:test, TAP", "ok 1 - a\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 0\n", counted(2, 2)],
  ["Catch2, all passed", "====\nAll tests passed (41 assertions in 12 test cases)\n", counted(12, 0)],
  ["Catch2, only one", "All tests passed (1 assertion in 1 test case)", counted(1, 0)],
  [
    "Catch2, some failed",
    "test cases: 12 | 10 passed | 2 failed\nassertions: 41 | 39 passed | 2 failed\n",
    counted(10, 2),
  ],
  ["Catch2, aligned", "test cases:  3 | 1 passed | 1 failed | 1 failed as expected\n", counted(2, 1)],
  ["Catch2, all failed", "test cases: 2 | 2 failed\nassertions: 2 | 2 failed\n", counted(0, 2)],
  ["Catch2, none", "No tests ran\n", undefined],
  ["CTest", "100% tests passed, 0 tests failed out of 212\n\nTotal Test time (real) =   3.20 sec\n", counted(212, 0)],
  ["CTest, some failed", "83% tests passed, 1 tests failed out of 6\n", counted(5, 1)],
  [
    "Catch2 shown by CTest",
    "All tests passed (4 assertions in 2 test cases)\n100% tests passed, 0 tests failed out of 1",
    counted(2, 0),
  ],
  ["nothing", "", undefined],
];

for (const [name, output, expected] of outputs) {
  test(`counts: ${name}`, () => assert.deepEqual(countsIn(output), expected));
}

test("a step that should have tests and ran none is red", () => {
  const step = { name: "node", tests: true };
  for (const output of ["", "0 passed, 0 failed", "ℹ pass 0\nℹ fail 0", "0 passed, 0 failed, 4 skipped"]) {
    const verdict = judge(step, done, output);
    assert.equal(verdict.passed, false);
    assert.equal(verdict.reason, "ran no test");
    assert.equal(verdict.counts.failed, 1);
  }
  assert.equal(judge(step, done, "1 passed, 0 failed").passed, true);
});

test("a step without tests passes by its exit code", () => {
  assert.deepEqual(judge({ name: "build" }, done, "ninja: no work to do."), { passed: true, counts: counted(0, 0) });
});

test("a step that fails without naming a test counts as one failed", () => {
  const verdict = judge({ name: "build" }, { ...done, code: 2 }, "error: expected ';'");
  assert.deepEqual(verdict, { passed: false, counts: counted(0, 1), reason: "exit code 2" });
});

test("failed tests are red even where the exit code is 0", () => {
  const verdict = judge({ name: "scenarios", tests: true }, done, "5 passed, 2 failed");
  assert.deepEqual(verdict, { passed: false, counts: counted(5, 2), reason: "exit code 0, but tests failed" });
});

test("the closing line names skipped tests only where there are any", () => {
  assert.equal(line(counted(3, 0)), "3 passed, 0 failed");
  assert.equal(line(counted(3, 1, 2)), "3 passed, 1 failed, 2 skipped");
});

test("only the missing system packages are asked for", () => {
  const listing = "g++ installed\ncmake installed\nclang config-files\nlibclang-rt-14-dev not-installed\n";
  const wanted = ["g++", "cmake", "clang", "libclang-rt-14-dev", "chromium"];
  assert.deepEqual(missing(wanted, listing), ["clang", "libclang-rt-14-dev", "chromium"]);
});

test("node_modules is current when it holds the lockfile's packages, those of other platforms aside", () => {
  const lockfile = {
    packages: {
      "": { name: "root" },
      wasm: { version: "0.1.0" },
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
      "node_modules/b-mac": { version: "2.0.0", integrity: "sha512-m", optional: true },
      "node_modules/@crowbar/domain": { resolved: "wasm", link: true },
    },
  };
  const { "": _root, wasm: _wasm, "node_modules/b-mac": _mac, ...present } = lockfile.packages;
  assert.deepEqual(differences(lockfile, { packages: present }), []);
  const { "node_modules/a": _a, ...without } = present;
  assert.deepEqual(differences(lockfile, { packages: without }), ["node_modules/a"]);
  const older = { ...present, "node_modules/b": { version: "1.9.0", integrity: "sha512-b" } };
  assert.deepEqual(differences(lockfile, { packages: older }), ["node_modules/b"]);
});

test("--only takes a step and what it needs, in the table's order", () => {
  const table = [
    { name: "build" },
    { name: "style" },
    { name: "module", needs: ["build"] },
    { name: "node", needs: ["module"] },
  ];
  const names = (only) => plan(table, only).map((step) => step.name);
  assert.deepEqual(names([]), ["build", "style", "module", "node"]);
  assert.deepEqual(names(["node"]), ["build", "module", "node"]);
  assert.deepEqual(names(["style", "build"]), ["build", "style"]);
  assert.throws(() => names(["nodes"]), /no step "nodes".*build, style, module, node/);
});

test("the command line", () => {
  assert.deepEqual(
    { ...readArguments(["--only", "node", "--only=fuzz"]) },
    { only: ["node", "fuzz"], list: false, help: false },
  );
  assert.throws(() => readArguments(["--onyl", "node"]), /--onyl/);
});

test("every step has a name of its own, a reason, and needs only earlier steps", () => {
  const seen = new Set();
  for (const step of steps) {
    assert.match(step.name, /^[a-z-]+$/);
    assert.ok(!seen.has(step.name), step.name);
    assert.ok(step.why.length > 0, step.name);
    for (const need of step.needs ?? []) assert.ok(seen.has(need), `${step.name} needs ${need}`);
    seen.add(step.name);
  }
});

test("a command's whole output is kept, its exit code and its signal told", async () => {
  const failed = await execute({ name: "run-test", command: "echo out; echo err >&2; exit 3" });
  assert.equal(failed.code, 3);
  assert.equal(failed.output, "out\nerr\n");
  const piped = await execute({ name: "run-test", command: "false | cat" });
  assert.equal(piped.code, 1);
  const killed = await execute({ name: "run-test", command: "kill -9 $$" });
  assert.equal(killed.signal, "SIGKILL");
});

test("a command that outlives its limit is ended with all that it started", async () => {
  const result = await execute({ name: "run-test", command: "sleep 61 & echo $!; wait", minutes: 0.005 });
  assert.equal(result.timedOut, true);
  assert.equal(judge({ name: "slow" }, result, result.output).reason, "ended after 0.005 minutes");
  const status = `/proc/${result.output.trim()}/status`; // not there, or a zombie that nobody has reaped yet
  assert.match(existsSync(status) ? readFileSync(status, "utf8") : "State:\tZ", /^State:\tZ/m);
});
