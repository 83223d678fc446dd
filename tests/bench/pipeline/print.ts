import { figure, type Row, times } from "./row.ts";

const line = (first: string, cells: readonly string[]): string =>
  `${first.padEnd(64)}${cells.map((text) => text.padStart(12)).join("")}\n`;

export function tableHead(): string {
  return line("case", ["crowbar", "emmett", "times", ""]);
}

export function printRow(row: Row): string {
  const { crowbar, emmett } = row.medians;
  const better = times(row);
  return line(`${row.case}, ${row.unit}`, [
    crowbar === undefined ? "–" : figure(crowbar),
    emmett === undefined ? "–" : figure(emmett),
    better === undefined ? "–" : figure(better),
    row.aim === undefined ? "" : `   aim ${row.aim}`,
  ]);
}
