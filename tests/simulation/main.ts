// `npm run simulation`: kill -9, again and again.
import { parseArgs } from "node:util";
import { campaign, type Failure, type Tally } from "./campaign.ts";
import { type Flaw, flaws } from "./points.ts";

const help = `npm run simulation [-- N] [--seed S] [--flaw NAME]

Runs the real pipeline in a process of its own, sends it commands of many clients, and kills it N times (40), between any
two steps: at a point in its work, or whenever. The next process goes on with the same folder, and clients send again what
was not answered. Again and again what is left is looked at: nothing that was acknowledged may be lost or be another one,
nothing may have happened twice, and every view has to be the fold of the log.
  --seed S      chooses commands and kills; it is said at the beginning
  --flaw NAME   makes the pipeline wrong: ${flaws.join(", ")}

Exit code 0: all passed. 1: some did not; their folders are kept. 2: the command line is wrong.`;

function failure({ data, endings, problems }: Failure): string {
  return `\n${data}, after: ${endings.join(" · ")}\n${problems.map((problem) => `  ${problem}`).join("\n")}\n`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: "string" }, flaw: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const kills = Number(positionals[0] ?? 40);
  const seed = Number(values.seed ?? 1);
  const flaw = flaws.find((name) => name === values.flaw) as Flaw | undefined;
  const wrong = positionals.length > 1 || !(kills > 0) || !Number.isSafeInteger(kills) || !Number.isSafeInteger(seed);
  if (wrong || (values.flaw !== undefined && flaw === undefined)) {
    console.error(help);
    return 2;
  }

  console.log(`${kills} kills, seed ${seed}`);
  const began = performance.now();
  const show = ({ passed, failed, told }: Tally) => {
    const seconds = (performance.now() - began) / 1_000;
    const left = (seconds / (passed + failed)) * (kills - passed - failed);
    const line = `${passed + failed} of ${kills}, ${failed} failed, ${told} answers, ${Math.round(left)} s left`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
  };
  const tally = await campaign({
    ...{ kills, seed, progress: show, failed: (told: Failure) => console.log(failure(told)) },
    ...(flaw !== undefined && { flaw }),
  });
  const seconds = Math.round((performance.now() - began) / 1_000);
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  console.log(`${tally.told} answers held against the store, ${seconds} s`);
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
