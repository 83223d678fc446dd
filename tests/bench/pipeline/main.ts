// `npm run bench:pipeline`: the whole way, over HTTP, on this machine.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Bench, Case } from "./case.ts";
import { importing } from "./cases/import.ts";
import { lag } from "./cases/lag.ts";
import { latency } from "./cases/latency.ts";
import { memory } from "./cases/memory.ts";
import { overload } from "./cases/overload.ts";
import { throughput } from "./cases/throughput.ts";
import { type Contender, startContender } from "./contender.ts";
import { proveEqual } from "./equal.ts";
import { printRow, tableHead } from "./print.ts";
import { hottest } from "./profile.ts";
import type { Row } from "./row.ts";
import { contenders as names } from "./server.ts";

const help = `npm run bench:pipeline [-- --json FILE] [--quick] [--minutes N] [--case NAME]… [--only-crowbar] [--profile DIR]

Serves the pipeline in a process of its own and loads it over HTTP from this one; beside it the same chat with emmett and
its SQLite store. Both are first proved to answer alike.
  --json FILE      write {"rows": [{"case", "unit", "medians": {"crowbar", "emmett"}, "aim"}]}
  --quick          fewer and shorter rounds
  --minutes N      how long memory is looked at (1; a fifth of that with --quick)
  --case NAME      only cases whose name begins so: commands, acknowledgement, projection lag, overload, memory, import
  --peak N         commands a second that the other cases take for the peak, where "commands" is not run
  --only-crowbar   without emmett
  --profile DIR    leaves a CPU profile of the server there, and says where its time goes
Progress goes to standard error, the table to standard output.
`;

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    minutes: { type: "string" },
    case: { type: "string", multiple: true, default: [] },
    peak: { type: "string" },
    "only-crowbar": { type: "boolean", default: false },
    profile: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const all: readonly Case[] = [...throughput, latency, lag, overload, memory, importing];
const peopleOfAChat = 100;
const steps = 600;

async function run(): Promise<void> {
  const { profile } = values;
  const chosen = all.filter(({ name }) => values.case.length === 0 || values.case.some((one) => name.startsWith(one)));
  if (chosen.length === 0) throw new Error(`no case begins with ${values.case.join(" or ")}; see --help`);
  const started: Contender[] = [];
  try {
    for (const name of names) {
      if (name !== "crowbar" && values["only-crowbar"]) continue;
      started.push(await startContender({ name, ...(name === "crowbar" && profile && { profile }) }, peopleOfAChat));
    }
    const rows = await measured(started, chosen);
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ rows }, undefined, 2)}\n`);
  } finally {
    for (const contender of started) await contender.close();
  }
  if (profile !== undefined) process.stdout.write(await hottest(profile));
}

async function measured(started: readonly Contender[], chosen: readonly Case[]): Promise<readonly Row[]> {
  const { quick } = values;
  const [crowbar] = started as [Contender];
  if (started.length > 1) say(`${await proveEqual(started, steps)} commands are answered alike`);
  const peaks = new Map(values.peak === undefined ? [] : started.map(({ name }) => [name, Number(values.peak)]));
  const bench: Bench = {
    ...{ contenders: started, crowbar, peaks, say },
    rounds: quick ? 2 : 5,
    seconds: quick ? 2 : 5,
    minutes: Number(values.minutes ?? (quick ? 0.2 : 1)),
  };
  const rows: Row[] = [];
  process.stdout.write(tableHead());
  for (const one of chosen) {
    say(one.name);
    for (const row of await one.run(bench)) {
      rows.push(row);
      process.stdout.write(printRow(row));
    }
  }
  return rows;
}

if (values.help) process.stdout.write(help);
else await run();
