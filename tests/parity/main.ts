// `npm run parity`: the same bytes in, the same bytes out, wherever the core runs.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Catalog } from "../../wasm/src/catalog.ts";
import { openChromium } from "../places/chromium.ts";
import { openNative } from "../places/native.ts";
import { openNode } from "../places/node.ts";
import type { Place } from "../places/place.ts";
import { root } from "../places/places.ts";
import { answersIn, Batch } from "../places/session.ts";
import { compare, type Difference, describe } from "./compare.ts";
import { Samples } from "./doors.ts";
import { Generator } from "./generate.ts";
import { IrcLog, logFiles } from "./irc.ts";
import { Learner } from "./learn.ts";
import { Random } from "./random.ts";
import { Recorder, type Source } from "./recorder.ts";
import { codeTable, kindTable, number, Progress } from "./report.ts";
import { Views } from "./views.ts";
import { World } from "./world.ts";

const help = `npm run parity [-- --commands N] [--seed S] [--in PLACE]… [--builds FOLDER]

Sends N generated commands (200,000), and those made from the #ubuntu log, through g++ (build/dev), clang++ with
sanitizers (build/asan), Node's wasm and Chromium's wasm (build/wasm), and compares every answer byte by byte: verdicts,
views, snapshots, and what the other doors say to what does not belong there. The same seed makes the same commands.
From 100,000 commands on the whole log is used where ../shared/data/ubuntu-irc is at hand, else tests/parity/slice.

Exit code 0: no difference. 1: some. 2: the command line is wrong, or a place broke.`;

const batchSize = 1_000;
const shownDifferences = 5;
const shownLines = 10;
const tooMany = 1_000;
const wholeLogFrom = 100_000;
/** Rounds between two times that every stream is saved and taken up again. */
const roundsToSnapshot = 10;

/** One of the thousands of streams with an event or two: of these a sample is looked at more closely. */
const isSmall = (stream: string) => stream.startsWith("user-irc-");

const open: { readonly [name: string]: (builds: string) => Place | Promise<Place> } = {
  "g++": (builds) => openNative("g++", `${builds}/dev/crowbar-core`),
  "clang++": (builds) => openNative("clang++", `${builds}/asan/crowbar-core`),
  node: (builds) => openNode("node", `${builds}/wasm`, "chat"),
  chromium: (builds) => openChromium("chromium", `${builds}/wasm`, "chat"),
};
const placeNames = Object.keys(open);

async function openPlaces(names: readonly string[], builds: string): Promise<readonly Place[]> {
  const unknown = names.find((name) => open[name] === undefined);
  if (unknown !== undefined) throw new Error(`There is no place ${unknown}; there are ${placeNames.join(", ")}.`);
  return Promise.all(names.flatMap((name) => open[name]?.(builds) ?? []));
}

/** The snapshot of a stream as another module makes it, which no place may take up. */
async function foreignSnapshot(builds: string): Promise<Uint8Array<ArrayBuffer>> {
  const stranger = openNative("another module", `${builds}/dev/crowbar-core`, ["--domain", "f".repeat(64)]);
  const batch = new Batch();
  batch.add("open", 1, "channel", "channel-c0");
  batch.add("snapshot", 1);
  const [, snapshot] = [...answersIn(await stranger.run(batch.taken()))];
  await stranger.close();
  return new Uint8Array(snapshot?.bytes ?? []);
}

class Run {
  readonly world = new World();
  readonly samples = new Samples();
  readonly learner = new Learner(this.world, this.samples);
  readonly views = new Views(this.world);
  readonly differences: Difference[] = [];
  compared = 0;
  snapshots = 0;
  readonly #places: readonly Place[];
  readonly #hash = createHash("sha256");

  constructor(places: readonly Place[]) {
    this.#places = places;
  }

  /** Where one answer differs the next ones follow it: there is no use in going on for long. */
  get lost(): boolean {
    return this.differences.length > tooMany;
  }
  get hash(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Compares a batch and learns from it. */
  async #send(recorder: Recorder): Promise<readonly Uint8Array[]> {
    if (recorder.sent.length === 0) return [];
    const { answers, differences } = await compare(this.#places, recorder);
    this.compared += answers.length;
    this.differences.push(...differences);
    for (const [index, sent] of recorder.sent.entries()) {
      const answer = answers[index];
      if (answer === undefined) continue;
      this.#hash.update(answer.bytes);
      this.learner.take(sent, answer);
    }
    return answers.map(({ bytes }) => bytes);
  }

  async use(source: Source, progress: Progress): Promise<void> {
    for (let round = 1; ; round++) {
      const recorder = new Recorder();
      this.views.hear(this.learner, recorder);
      const before = recorder.sent.length;
      source.fill(recorder, Math.min(batchSize, round * 100)); // small at first: much depends on what there is
      const last = recorder.sent.length === before;
      await this.#send(recorder);
      progress.show(this.learner.counts.commands, this.differences.length);
      if (last || this.lost) return;
      if (round % roundsToSnapshot === 0) await this.#takeUpAgain();
    }
  }

  /** Every stream goes on from its snapshot: what was lost in one would show in all that follows. */
  async #takeUpAgain(): Promise<void> {
    const slots = [...this.learner.slots].filter(([stream]) => !isSmall(stream)).map(([, slot]) => slot);
    const saving = new Recorder();
    for (const slot of slots) saving.add("state", "snapshot", slot);
    const snapshots = await this.#send(saving);
    const restoring = new Recorder();
    for (const [index, slot] of slots.entries()) {
      restoring.add("state", "close", slot);
      restoring.add("state", "restore", slot, snapshots[index] ?? "");
      restoring.add("state", "version", slot);
      restoring.add("state", "claims", slot);
      restoring.add("state", "admits", slot, "ada");
    }
    await this.#send(restoring);
    this.snapshots += slots.length;
  }

  /** All views, and all streams folded from their events: that has to lead to the state that deciding left. */
  async close(progress: Progress): Promise<readonly string[]> {
    const unlike: string[] = [];
    if (this.lost) return unlike;
    for (const [stream, slot] of this.learner.slots) {
      const events = this.learner.events.get(stream);
      if (events === undefined || (isSmall(stream) && slot % 50 !== 0)) continue;
      const folded = this.world.slot();
      const recorder = new Recorder();
      recorder.add("state", "open", folded, stream.slice(0, stream.indexOf("-")), stream);
      recorder.add("state", "fold", folded, `${events.join("\n")}\n`);
      recorder.add("state", "snapshot", folded);
      recorder.add("state", "snapshot", slot);
      recorder.add("state", "close", folded);
      const answers = await this.#send(recorder);
      this.learner.slots.set(stream, slot);
      this.snapshots += 2;
      if (Buffer.compare(answers[2] ?? Buffer.of(), answers[3] ?? Buffer.of()) !== 0) unlike.push(stream);
    }
    for (const add of this.views.close(this.learner)) {
      const recorder = new Recorder();
      add(recorder);
      await this.#send(recorder);
      progress.show(this.learner.counts.commands, this.differences.length);
    }
    return unlike;
  }
}

/** Codes that the catalogue knows and that never came: what this run proves nothing about. */
async function unmet(seen: ReadonlySet<string>): Promise<readonly string[]> {
  const path = `${root}/wasm/generated/chat.catalog.ts`;
  if (!existsSync(path)) return [];
  const { catalog } = (await import(path)) as { readonly catalog: Catalog };
  const all = [...catalog.aggregates.flatMap(({ rejections }) => rejections), ...catalog.faults].map(
    ({ code }) => code,
  );
  return all.filter((code) => code !== "none" && !seen.has(code));
}

async function report(run: Run, log: IrcLog, unlike: readonly string[]): Promise<void> {
  const { counts } = run.learner;
  console.log(kindTable(counts));
  console.log(codeTable("commands", counts.codes()));
  console.log(codeTable("refused at other doors", counts.otherCodes()));
  const missing = await unmet(new Set([...counts.codes().keys(), ...counts.otherCodes().keys()]));
  if (missing.length > 0) console.log(`never came: ${missing.join(", ")}\n`);
  console.log(
    `#ubuntu: ${number(log.lines - log.leftOut.length)} of ${number(log.lines)} lines used; left out, of no known form:`,
  );
  console.log(
    log.leftOut
      .slice(0, shownLines)
      .map((line) => `  ${line}`)
      .join("\n"),
  );
  if (log.leftOut.length > shownLines) {
    mkdirSync(`${root}/build/log`, { recursive: true });
    writeFileSync(`${root}/build/log/ubuntu-irc-left-out.txt`, `${log.leftOut.join("\n")}\n`);
    console.log(`  … all of them in build/log/ubuntu-irc-left-out.txt`);
  }
  console.log(
    `${number(run.views.count)} views, ${number(run.snapshots)} snapshots; sha-256 of all answers ${run.hash}`,
  );
  for (const stream of unlike) console.log(`✗ ${stream}: folding its events leads to another state than deciding did`);
  for (const difference of run.differences.slice(0, shownDifferences)) console.log(`\n${describe(difference)}`);
  const stopped = run.lost ? ": stopped there" : "";
  console.log(`\n${number(run.differences.length)} differences${stopped}`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      commands: { type: "string" },
      seed: { type: "string", default: "1" },
      in: { type: "string", multiple: true, default: placeNames },
      builds: { type: "string", default: `${root}/build` },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const commands = Number(values.commands ?? positionals[0] ?? 200_000);
  const seed = Number(values.seed);
  if (!(Number.isSafeInteger(commands) && commands > 0 && Number.isSafeInteger(seed))) throw new Error(help);
  const places = await openPlaces(values.in, values.builds);
  try {
    console.log(
      `${number(commands)} generated commands (seed ${seed}) and #ubuntu in ${places.map(({ name }) => name).join(", ")}`,
    );
    const run = new Run(places);
    run.samples.foreign = await foreignSnapshot(values.builds);
    const log = new IrcLog(new Random(seed + 1), run.world, logFiles(commands >= wholeLogFrom));
    const progress = new Progress();
    await run.use(new Generator(new Random(seed), run.world, run.samples, commands), progress);
    await run.use(log, progress);
    const unlike = await run.close(progress);
    progress.done();
    await report(run, log, unlike);
    const failed = run.differences.length + unlike.length;
    console.log(`${run.compared - run.differences.length} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await Promise.all(places.map((place) => place.close()));
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 2;
});
