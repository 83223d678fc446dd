// node tests/bench/pipeline/table.ts RUN.json [README.md]: puts a run's table between the README's markers.
import { readFile, writeFile } from "node:fs/promises";
import { figure, type Row, times } from "./row.ts";

const begin = "<!-- bench:pipeline -->";
const end = "<!-- /bench:pipeline -->";

function markdown(rows: readonly Row[]): string {
  const cell = (value: number | undefined) => (value === undefined ? "–" : figure(value));
  const body = rows.map((row) => {
    const { case: name, unit, medians, aim = "" } = row;
    return `| ${name} | ${unit} | ${cell(medians.crowbar)} | ${cell(medians.emmett)} | ${cell(times(row))} | ${aim} |\n`;
  });
  return `| case | unit | crowbar | emmett | times better | aim |\n|---|---|--:|--:|--:|---|\n${body.join("")}`;
}

const [run, readme = "README.md"] = process.argv.slice(2);
if (run === undefined) throw new Error("usage: node tests/bench/pipeline/table.ts RUN.json [README.md]");
const { rows } = JSON.parse(await readFile(run, "utf8")) as { readonly rows: readonly Row[] };
const text = await readFile(readme, "utf8");
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from === -1 || to < from) throw new Error(`${readme} has no ${begin} … ${end}`);
await writeFile(readme, `${text.slice(0, from + begin.length)}\n${markdown(rows)}${text.slice(to)}`);
