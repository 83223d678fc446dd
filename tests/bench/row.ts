import { baseline } from "./contender.ts";

/** A case's outcome, as the JSON of a run has it. */
export type Row = {
  readonly case: string;
  readonly unit: string;
  readonly medians: Readonly<Record<string, number>>;
  /** To the baseline: how many times faster, or smaller. */
  readonly ratios: Readonly<Record<string, number>>;
};

const rounded = (value: number): number => Number(value.toPrecision(4));

export const rowOf = (name: string, unit: string, medians: ReadonlyMap<string, number>): Row => {
  const base = medians.get(baseline);
  const entries = [...medians].map(([who, value]) => [who, rounded(value)] as const);
  const ratios = base === undefined ? [] : [...medians].map(([who, value]) => [who, rounded(base / value)] as const);
  return { case: name, unit, medians: Object.fromEntries(entries), ratios: Object.fromEntries(ratios) };
};

/** The same values in another unit. */
export const scaled = (medians: ReadonlyMap<string, number>, factor: number): ReadonlyMap<string, number> =>
  new Map([...medians].map(([name, value]) => [name, value * factor]));
