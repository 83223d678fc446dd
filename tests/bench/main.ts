import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Bench } from "./bench.ts";
import { bundleContenders } from "./bundle.ts";
import { decideCases } from "./cases/decide.ts";
import { foldCases } from "./cases/fold.ts";
import { memoryCases } from "./cases/memory.ts";
import { projectCases } from "./cases/project.ts";
import { sizeCases } from "./cases/size.ts";
import { startCases } from "./cases/start.ts";
import { check } from "./check.ts";
import { noDomain } from "./contender.ts";
import { openContenders } from "./contenders.ts";
import { openNative } from "./native.ts";
import { printRow, tableHead } from "./print.ts";
import type { Row } from "./row.ts";

const help = `npm run bench -- [--json FILE] [--quick] [--case NAME]… [--check | --no-check]

Checks that every contender gives equal verdicts and views, then times them in interleaved rounds.
  --json FILE   write {"rows": [{"case", "unit", "medians", "ratios"}]}; ratios are to zod, higher is faster or smaller
  --quick       fewer rounds: a minute instead of several, and less steady
  --case NAME   only cases whose name begins so: A decide, B fold, C project, D size, E cold start, F memory
  --check       only prove that answers are equal
  --no-check    only time
Progress goes to standard error, the table to standard output.
`;

const { values } = parseArgs({
  options: {
    json: { type: "string" },
    quick: { type: "boolean", default: false },
    case: { type: "string", multiple: true, default: [] },
    check: { type: "boolean", default: false },
    "no-check": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const run = async (): Promise<void> => {
  if (globalThis.gc === undefined) throw new Error("start it by npm run bench: it needs node --expose-gc");
  const bundles = await bundleContenders(say);
  const contenders = await openContenders(bundles);
  const domain = contenders[0]?.domain ?? noDomain;
  const native = openNative(say);
  if (!values["no-check"]) {
    say("checking that all give equal answers");
    say(await check({ contenders, domain, native }));
  }
  if (values.check) return;

  const rounds = values.quick ? { short: 7, long: 3, processes: 7 } : { short: 31, long: 15, processes: 21 };
  const bench: Bench = { contenders, bundles, names: [...bundles.keys()], domain, native, rounds };
  const cases = [...decideCases, ...foldCases, ...projectCases, ...sizeCases, ...startCases, ...memoryCases];
  const chosen = cases.filter(
    ({ name }) => values.case.length === 0 || values.case.some((one) => name.startsWith(one)),
  );
  if (chosen.length === 0) throw new Error(`no case begins with ${values.case.join(" or ")}; see --help`);

  process.stdout.write(tableHead());
  const rows: Row[] = [];
  for (const [index, one] of chosen.entries()) {
    say(`${index + 1}/${chosen.length} ${one.name}`);
    const row = await one.run(bench);
    rows.push(row);
    process.stdout.write(printRow(row));
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ rows }, undefined, 2)}\n`);
};

if (values.help) process.stdout.write(help);
else await run();
