import { performance } from "node:perf_hooks";
import type { Awaitable } from "./contender.ts";

/** One contender's part in a case: `run` is timed, `prepare` and `finish` are not. */
export type Subject = {
  readonly name: string;
  prepare?(): Awaitable<void>;
  run(): Awaitable<unknown>;
  finish?(): Awaitable<void>;
  /** After the last round. */
  close?(): void;
  /** In place of a clock here: what `run` answers is the milliseconds that it took, measured where it took them. */
  readonly hasOwnClock?: true;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) throw new Error("the median of nothing");
  return sorted.length % 2 === 0 && low !== undefined ? (low + high) / 2 : high;
};

const time = async (subject: Subject): Promise<number> => {
  await subject.prepare?.();
  // Nobody pays for another's garbage, and everybody for their own. A whole collection before every run would also throw
  // away hidden classes that nothing uses at that moment, and with them the optimised code of all: a minor one does not.
  globalThis.gc?.({ type: "minor" });
  const start = performance.now();
  const result = subject.run();
  // A promise is awaited only where there is one: the others are not charged for a turn of the queue.
  const answer = result instanceof Promise ? await result : result;
  const taken = subject.hasOwnClock ? Number(answer) : performance.now() - start;
  await subject.finish?.();
  return taken;
};

/**
 * Median milliseconds of every subject. Each round runs all of them, beginning with another one each time, so that what
 * the machine does meanwhile, and who comes after whom, falls on all alike. The first rounds warm up and are not counted.
 */
export const interleave = async (
  subjects: readonly Subject[],
  rounds: number,
  warmUp: number,
): Promise<ReadonlyMap<string, number>> => {
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round += 1)
    for (const index of subjects.keys()) {
      const subject = subjects[(index + round + warmUp) % subjects.length];
      if (subject === undefined) continue;
      const taken = await time(subject);
      if (round >= 0) times.get(subject.name)?.push(taken);
    }
  for (const subject of subjects) subject.close?.();
  return new Map([...times].map(([name, taken]) => [name, median(taken)]));
};
