import { assertEqual } from "./ask.ts";
import type { Native } from "./native.ts";
import { comparable } from "./rules.ts";
import type { Step } from "./workload/walk.ts";

/** The native program's verdicts on a walk against the contenders'; answers how many were compared. */
export const checkNativeWalk = (
  native: Native,
  domain: string,
  steps: readonly Step[],
  judged: readonly string[],
): number => {
  // What is no JSON is no part of a line either, and a line that is no object has no stream that could decide it.
  const whole = steps.map(({ line }, index) => ({ line, index })).filter(({ line }) => line.endsWith("}}"));
  const lines = whole.map(
    ({ line, index }) => `{"command":${line},"context":${JSON.stringify(steps[index]?.context)}}\n`,
  );
  const answer = native.answer(["--domain", domain, "--with-context"], lines.join(""));
  if (answer === undefined) return 0;
  const verdicts = answer.trimEnd().split("\n").map(comparable);
  const expected = whole.map(({ index }) => judged[index] ?? "");
  assertEqual("walk", "the others", expected, "native", verdicts);
  return verdicts.length;
};

export const checkNativeView = (
  native: Native,
  domain: string,
  key: string,
  bytes: Uint8Array,
  expected: string,
): number => {
  const answer = native.answer(["--domain", domain, "--view", key], bytes);
  if (answer === undefined) return 0;
  assertEqual(`view ${key}`, "the others", [expected], "native", [answer.trimEnd()]);
  return 1;
};
