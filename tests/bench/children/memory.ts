// What one contender holds after folding a log, in a process of its own.

import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type Contender, noDomain, type Open, type Resident } from "../contender.ts";

const [bundle = "", stream = "", events = ""] = process.argv.slice(2);

// In a function of its own, so that the log's bytes are garbage when it returns.
const foldFile = async (contender: Contender): Promise<Resident> => contender.fold(stream, readFileSync(events));

// The heap and what it holds outside: that is where linear memory counts. Buffers are freed a moment after collection.
const held = async (): Promise<number> => {
  globalThis.gc?.();
  await setTimeout(50);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const { open } = (await import(pathToFileURL(bundle).href)) as { open: Open };
const contender = await open(noDomain);
(await contender.fold(stream, new Uint8Array())).close?.();

const before = await held();
const rssBefore = process.memoryUsage.rss();
const resident = await foldFile(contender);
const rss = process.memoryUsage.rss() - rssBefore;
process.stdout.write(JSON.stringify({ held: (await held()) - before, rss, version: resident.version }));
