import type { Json, JsonObject } from "./operation.ts";
import { figure } from "./show.ts";

/** Figures in one line: `messages 12 · joins 3`. */
export function figures(counts: JsonObject): string {
  const said = Object.entries(counts).map(([name, count]) => `${name} ${figure(Number(count))}`);
  return said.length === 0 ? "nothing" : said.join(" · ");
}

export const sum = (counts: JsonObject) => Object.values(counts).reduce<number>((all, count) => all + Number(count), 0);

/** Rows of texts as columns: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(width(column)) : text.padStart(width(column));
  return rows.map((row) => `  ${row.map(cell).join("  ").trimEnd()}\n`).join("");
}

/** The members of an object that crossed the socket, or none. */
export function members(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** What others have named, without what would steer a terminal. */
export const printable = (text: string) => text.replace(/[^\P{C}\n]/gu, "\uFFFD");
