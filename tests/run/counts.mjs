// How many tests a step's output tells of. Test runners close in their own words; these are the ones used here.
import { stripVTControlCharacters } from "node:util";

const plain = /^(\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const node = /^(?:#|ℹ) (pass|fail|cancelled|skipped) (\d+)$/;
const catchAllPassed = /^All tests passed \(\d+ assertions? in (\d+) test cases?\)$/;
const catchSomeFailed = /^test cases: *\d+ \|(.*)$/;
const ctest = /^\d+% tests passed, (\d+) tests failed out of (\d+)$/;

const none = { passed: 0, failed: 0, skipped: 0 };

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

const sum = (counts) => counts.reduce(add, none);
const counts = (passed, failed, skipped) => ({
  passed: Number(passed),
  failed: Number(failed),
  skipped: Number(skipped),
});
const matches = (lines, pattern) => lines.map((line) => pattern.exec(line)).filter((match) => match !== null);

/** `N passed, N failed[, N skipped]`. With a word in front it is a part, and counts only where no line gives the whole. */
function plainCounts(lines) {
  const all = matches(lines, plain);
  const whole = all.filter(([, word]) => word === undefined);
  return (whole.length > 0 ? whole : all).map(([, , passed, failed, skipped]) => counts(passed, failed, skipped ?? 0));
}

/** node:test, in its spec and its TAP words. A cancelled test (a time-out, a hook that failed) is a failed one. */
function nodeCounts(lines) {
  return matches(lines, node).map(([, word, n]) =>
    counts(word === "pass" ? n : 0, word === "fail" || word === "cancelled" ? n : 0, word === "skipped" ? n : 0),
  );
}

/** Catch2 v2. A test case that failed as expected is one that passed. */
function catchCounts(lines) {
  const part = (rest, word) => Number(new RegExp(`(\\d+) ${word}(?: \\||$)`).exec(rest)?.[1] ?? 0);
  return [
    ...matches(lines, catchAllPassed).map(([, cases]) => counts(cases, 0, 0)),
    ...matches(lines, catchSomeFailed).map(([, rest]) =>
      counts(part(rest, "passed") + part(rest, "failed as expected"), part(rest, "failed"), 0),
    ),
  ];
}

const ctestCounts = (lines) => matches(lines, ctest).map(([, failed, all]) => counts(all - failed, failed, 0));

/** The counts in a step's output, or undefined where it tells of none. The first kind of line that is found is the one
 *  believed: a runner started by another (Catch2 under CTest) is not counted twice. */
export function countsIn(output) {
  const lines = stripVTControlCharacters(output)
    .split(/\r?\n/)
    .map((line) => line.trim());
  for (const read of [plainCounts, nodeCounts, catchCounts, ctestCounts]) {
    const found = read(lines);
    if (found.length > 0) return sum(found);
  }
  return undefined;
}

/** What a finished step is worth: `{passed, counts, reason?}`. A step that fails and names no failed test counts as one. */
export function judge(step, exit, output) {
  const found = countsIn(output);
  const told = found ?? none;
  const red = (reason) => ({ passed: false, counts: told.failed > 0 ? told : { ...told, failed: 1 }, reason });
  if (exit.timedOut) return red(`ended after ${exit.minutes} minutes`);
  if (exit.code !== 0) return red(exit.signal ? `ended by ${exit.signal}` : `exit code ${exit.code}`);
  if (told.failed > 0) return red("exit code 0, but tests failed");
  if (step.tests && told.passed === 0) return red("ran no test");
  return { passed: true, counts: told };
}

/** `3 passed, 0 failed`, with `, 1 skipped` where any was. */
export const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
