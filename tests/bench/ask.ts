import type { Awaitable, Contender } from "./contender.ts";

/** Asks every contender the same and throws at the first difference; answers how many answers there were, and the first's. */
export const ask = async (
  of: string,
  contenders: readonly Contender[],
  answer: (contender: Contender) => Awaitable<readonly string[] | undefined>,
  expected?: readonly string[],
): Promise<readonly [number, readonly string[]]> => {
  let [right, by] = [expected, "expected"];
  let count = 0;
  for (const contender of contenders) {
    const answers = await answer(contender);
    if (answers === undefined) continue;
    count += answers.length;
    if (right === undefined) [right, by] = [answers, contender.name];
    else assertEqual(of, by, right, contender.name, answers);
  }
  return [count, right ?? []];
};

export const assertEqual = (
  of: string,
  by: string,
  right: readonly string[],
  name: string,
  answers: readonly string[],
): void => {
  const at = answers.findIndex((answer, index) => answer !== right[index]);
  if (at === -1 && answers.length === right.length) return;
  const shown = (answer: string | undefined): string => answer?.slice(0, 2000) ?? "nothing";
  throw new Error(
    `contenders differ in ${of}, answer ${at} of ${right.length}\n  ${by}: ${shown(right[at])}\n  ${name}: ${shown(answers[at])}`,
  );
};
