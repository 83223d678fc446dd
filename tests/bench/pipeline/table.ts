// node tests/bench/pipeline/table.ts RUN.json [README.md]: puts a run's table between the README's markers.
import { readFile, writeFile } from "node:fs/promises";
import { cell, type Row } from "./row.ts";
import { contenders } from "./server.ts";

const begin = "<!-- bench:pipeline -->";
const end = "<!-- /bench:pipeline -->";

function markdown(rows: readonly Row[]): string {
  const head = `| case | unit | ${contenders.join(" | ")} | aim |\n|---|---|${contenders.map(() => "--:|").join("")}---|\n`;
  const body = rows.map((row) => {
    const cells = contenders.map((name) => cell(row, name)).join(" | ");
    return `| ${row.case} | ${row.unit} | ${cells} | ${row.aim ?? ""} |\n`;
  });
  return head + body.join("");
}

const [run, readme = "README.md"] = process.argv.slice(2);
if (run === undefined) throw new Error("usage: node tests/bench/pipeline/table.ts RUN.json [README.md]");
const { rows } = JSON.parse(await readFile(run, "utf8")) as { readonly rows: readonly Row[] };
const text = await readFile(readme, "utf8");
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from === -1 || to < from) throw new Error(`${readme} has no ${begin} … ${end}`);
await writeFile(readme, `${text.slice(0, from + begin.length)}\n${markdown(rows)}${text.slice(to)}`);
