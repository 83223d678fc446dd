import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Bench, Case } from "../bench.ts";
import { interleaveProcesses } from "../processes.ts";
import { type Row, rowOf } from "../row.ts";
import { messagesLog } from "../workload.ts";

const messages = 100_000;
const child = fileURLToPath(new URL("../children/memory.ts", import.meta.url));

type Held = { readonly held: number; readonly rss: number };

/** The medians in MB of one of the two figures that each process answers. */
const measureMemory = async ({ bundles, domain, rounds }: Bench, figure: keyof Held) => {
  const { stream, bytes } = messagesLog(domain, messages);
  const events = fileURLToPath(new URL("../dist/memory.ndjson", import.meta.url));
  await writeFile(events, bytes);
  const medians = interleaveProcesses(bundles, Math.max(1, rounds.long - 2), (file) => {
    const args = ["--expose-gc", child, file, stream, events];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`memory of ${file}: ${stderr}`);
    return (JSON.parse(stdout) as Held)[figure] / 1e6;
  });
  return medians;
};

const held: Case = {
  name: "F memory at 100,000 messages, held",
  async run(bench): Promise<Row> {
    return rowOf(this.name, "MB", await measureMemory(bench, "held"));
  },
};

const resident: Case = {
  name: "F memory at 100,000 messages, growth of the process",
  async run(bench): Promise<Row> {
    return rowOf(this.name, "MB", await measureMemory(bench, "rss"));
  },
};

export const memoryCases: readonly Case[] = [held, resident];
