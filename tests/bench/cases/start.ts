import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Case } from "../bench.ts";
import { bundleStart } from "../bundle.ts";
import { interleaveProcesses } from "../processes.ts";
import { rowOf } from "../row.ts";
import { channelLog } from "../workload.ts";

const launch = fileURLToPath(new URL("../children/launch.mjs", import.meta.url));

const startCase = (name: string, count: number): Case => ({
  name,
  async run({ names, domain, rounds }) {
    const events = fileURLToPath(new URL(`../dist/start-${count}.ndjson`, import.meta.url));
    await writeFile(events, channelLog(domain, Math.max(1, count)).bytes);
    const files = new Map<string, string>();
    for (const contender of names) files.set(contender, await bundleStart(contender));

    const args = count === 0 ? [] : [events];
    const medians = interleaveProcesses(files, rounds.processes, (file) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [launch, file, ...args], { encoding: "utf8" });
      if (status !== 0) throw new Error(`${file} did not start: ${stderr}`);
      return Number(stdout);
    });
    return rowOf(name, "ms", medians);
  },
});

export const startCases: readonly Case[] = [
  startCase("E cold start to the first decision", 0),
  startCase("E cold start, 1,000 events folded", 1000),
];
