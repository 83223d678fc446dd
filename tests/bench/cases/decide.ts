import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Bench, Case } from "../bench.ts";
import type { Contender, Resident } from "../contender.ts";
import { interleave, type Subject } from "../measure.ts";
import type { Work } from "../native.ts";
import { type Row, rowOf, scaled } from "../row.ts";
import { ndjson } from "../workload/log.ts";
import { batchesOf, batchSize, type DecideWork, decideWork } from "../workload.ts";

const count = 10_000;
const nsPerMs = 1e6;

const encoder = new TextEncoder();

/** One subject a contender, over one resident state of 1,000 events that `run` leaves as it is. */
const decideEach = async (
  contenders: readonly Contender[],
  { log }: DecideWork,
  run: (resident: Resident) => void,
): Promise<Subject[]> => {
  const subjects: Subject[] = [];
  for (const { name, fold } of contenders) {
    const resident = await fold(log.stream, log.bytes);
    subjects.push({ name, run: () => run(resident), close: () => resident.close?.() });
  }
  return subjects;
};

const perCommand = async (subjects: readonly Subject[], rounds: number) =>
  scaled(await interleave(subjects, rounds, 10), nsPerMs / count);

const nativeWork = (name: string, { log, context }: DecideWork, input: Uint8Array): Work => {
  const options = ["--context-json", JSON.stringify(context)];
  return { name, options, given: log.bytes, input, times: count };
};

const decideText: Case = {
  name: "A decide, text",
  async run({ contenders, domain, rounds }) {
    const work = decideWork(domain, count);
    const context = JSON.stringify(work.context);
    const texts = work.commands.map((command) => JSON.stringify(command));
    const subjects = await decideEach(contenders, work, (resident) => {
      for (const text of texts) resident.decideText(text, context);
    });
    return rowOf(this.name, "ns", await perCommand(subjects, rounds.short));
  },
};

const decideBytes: Case = {
  name: "A decide, bytes",
  async run({ contenders, domain, rounds, native }) {
    const work = decideWork(domain, count);
    const context = encoder.encode(JSON.stringify(work.context));
    const commands = work.commands.map((command) => encoder.encode(JSON.stringify(command)));
    const subjects = await decideEach(contenders, work, (resident) => {
      for (const command of commands) resident.decideBytes(command, context);
    });
    const all = await native.beside(subjects, nativeWork("decide_bytes", work, ndjson(work.commands)));
    return rowOf(this.name, "ns", await perCommand(all, rounds.short));
  },
};

const decideBatch: Case = {
  name: `A decide, batch of ${batchSize}`,
  async run({ contenders, domain, rounds, native }) {
    const work = decideWork(domain, count);
    const context = encoder.encode(JSON.stringify(work.context));
    const batches = batchesOf(work.batched);
    const subjects = contenders.map(({ name, fold }): Subject => {
      // A batch moves the state on, so each round begins with a fresh one.
      let resident: Resident | undefined;
      return {
        name,
        async prepare() {
          resident = await fold(work.log.stream, work.log.bytes);
        },
        run() {
          for (const batch of batches) resident?.decideBatch(batch, context);
        },
        finish: () => resident?.close?.(),
      };
    });
    const all = await native.beside(subjects, nativeWork("decide_batch", work, ndjson(work.batched)));
    return rowOf(this.name, "ns", await perCommand(all, rounds.short));
  },
};

/** Shared with the child process that may not make code from strings. */
export const measureObjects = async ({
  contenders,
  domain,
  rounds,
}: Pick<Bench, "contenders" | "domain" | "rounds">) => {
  const work = decideWork(domain, count);
  const subjects = await decideEach(contenders, work, (resident) => {
    for (const command of work.commands) resident.decideObject(command, work.context);
  });
  return perCommand(subjects, rounds.short);
};

const decideObjects: Case = {
  name: "A decide, objects",
  async run(bench) {
    return rowOf(this.name, "ns", await measureObjects(bench));
  },
};

/** Under a strict Content-Security-Policy, where zod cannot compile its schemas. */
const decideObjectsWithoutEval: Case = {
  name: "A decide, objects without eval",
  async run({ bundles, rounds }): Promise<Row> {
    const child = fileURLToPath(new URL("../children/objects.ts", import.meta.url));
    const args = ["--disallow-code-generation-from-strings", "--expose-gc", child];
    const given = JSON.stringify({ bundles: [...bundles], rounds });
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, given], { encoding: "utf8" });
    if (status !== 0) throw new Error(`the process without eval failed: ${stderr}`);
    return rowOf(this.name, "ns", new Map(JSON.parse(stdout) as [string, number][]));
  },
};

export const decideCases: readonly Case[] = [
  decideText,
  decideBytes,
  decideBatch,
  decideObjects,
  decideObjectsWithoutEval,
];
