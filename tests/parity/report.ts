// Tables and progress for a person.
import type { Counts } from "./learn.ts";

export const number = (n: number): string => n.toLocaleString("en");

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
  return rows.map((row) => `  ${line(row).join("  ")}\n`).join("");
}

export function kindTable(counts: Counts): string {
  const rows = counts.kinds().map(([kind, answers]) => {
    const all = [...answers.values()].reduce((sum, count) => sum + count, 0);
    const accepted = answers.get("accepted") ?? 0;
    const unchanged = answers.get("unchanged") ?? 0;
    return [kind, ...[all, accepted, unchanged, all - accepted - unchanged].map(number)];
  });
  return table([["kind", "commands", "accepted", "unchanged", "refused"], ...rows]);
}

export function codeTable(title: string, codes: ReadonlyMap<string, number>): string {
  const half = Math.ceil(codes.size / 2);
  const all = [...codes].map(([code, count]) => [code, number(count)] as const);
  const rows = all.slice(0, half).map((left, index) => [...left, ...(all[half + index] ?? ["", ""])]);
  const aligned = rows.map(([a = "", b = "", c = "", d = ""]) => [a, b, `  ${c.padEnd(24)}`, d]);
  return table([[title, "", "", ""], ...aligned]);
}

/** One living line on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #start = performance.now();
  #said = 0;

  show(commands: number, differences: number): void {
    const seconds = ((performance.now() - this.#start) / 1_000).toFixed(0);
    const text = `${number(commands)} commands, ${number(differences)} differences, ${seconds} s`;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text}`);
    else if (commands - this.#said >= 25_000) {
      this.#said = commands;
      console.log(`  ${text}`);
    }
  }
  done(): void {
    if (process.stdout.isTTY) process.stdout.write("\r\u001b[2K");
  }
}
