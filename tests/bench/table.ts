// node tests/bench/table.ts RUN.json [README.md]: puts a run's table between the README's markers.

import { readFile, writeFile } from "node:fs/promises";
import { cell, columns } from "./print.ts";
import type { Row } from "./row.ts";

const begin = "<!-- bench -->";
const end = "<!-- /bench -->";

const markdown = (rows: readonly Row[]): string => {
  const shown = columns.filter((column) => rows.some(({ medians }) => medians[column] !== undefined));
  const head = `| case | unit | ${shown.join(" | ")} |\n|---|---|${shown.map(() => "--:|").join("")}\n`;
  return (
    head +
    rows
      .map((row) => `| ${row.case} | ${row.unit} | ${shown.map((column) => cell(row, column)).join(" | ")} |\n`)
      .join("")
  );
};

const [run, readme = "README.md"] = process.argv.slice(2);
if (run === undefined) throw new Error("usage: node tests/bench/table.ts RUN.json [README.md]");
const { rows } = JSON.parse(await readFile(run, "utf8")) as { readonly rows: readonly Row[] };
const text = await readFile(readme, "utf8");
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from === -1 || to < from) throw new Error(`${readme} has no ${begin} … ${end}`);
await writeFile(readme, `${text.slice(0, from + begin.length)}\n${markdown(rows)}${text.slice(to)}`);
