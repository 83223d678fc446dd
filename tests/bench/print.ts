import { baseline } from "./contender.ts";
import type { Row } from "./row.ts";

export const columns = ["module", "native", "zod", "hand", "ajv", "emmett", "castore"] as const;

/** Three digits that matter, with thousands set apart. */
export const figure = (value: number): string => {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

/** A median, and in brackets how many times faster or smaller than the baseline. */
export const cell = ({ medians, ratios }: Row, column: string): string => {
  const [value, ratio] = [medians[column], ratios[column]];
  if (value === undefined) return "–";
  return ratio === undefined || column === baseline ? figure(value) : `${figure(value)} (${figure(ratio)})`;
};

const line = (first: string, cells: readonly string[]): string =>
  `${first.padEnd(60)}${cells.map((text) => text.padStart(16)).join("")}\n`;

export const tableHead = (): string => line("case (in brackets: times faster than zod)", columns);

export const printRow = (row: Row): string =>
  line(
    `${row.case}, ${row.unit}`,
    columns.map((column) => cell(row, column)),
  );
