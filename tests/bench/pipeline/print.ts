import { cell, type Row } from "./row.ts";
import { contenders } from "./server.ts";

const line = (first: string, cells: readonly string[], last = ""): string =>
  `${first.padEnd(76)}${cells.map((text) => text.padStart(18)).join("")}   ${last}\n`;

export function tableHead(): string {
  return line("case (in brackets: how many times better crowbar is)", contenders, "aim");
}

export function printRow(row: Row): string {
  return line(
    `${row.case}, ${row.unit}`,
    contenders.map((name) => cell(row, name)),
    row.aim,
  );
}
