import type { ContenderName } from "./server.ts";

/** A case's outcome, as the JSON of a run has it. */
export interface Row {
  readonly case: string;
  readonly unit: string;
  readonly medians: { readonly [name in ContenderName]?: number };
  /** What it should be, in words. */
  readonly aim?: string;
}

/** Three digits that matter, with thousands set apart. */
function figure(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** How many times better crowbar is than another one; undefined where that has no part in it. */
function times({ unit, medians: { crowbar } }: Row, other: number | undefined): number | undefined {
  if (crowbar === undefined || other === undefined) return undefined;
  return unit.endsWith("/s") ? crowbar / other : other / crowbar;
}

/** A median, and in brackets how many times better crowbar is. */
export function cell(row: Row, name: ContenderName): string {
  const value = row.medians[name];
  if (value === undefined) return "–";
  const better = name === "crowbar" ? undefined : times(row, value);
  return better === undefined ? figure(value) : `${figure(value)} (${figure(better)})`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) throw new RangeError("There is no median of nothing.");
  return (low + high) / 2;
}
