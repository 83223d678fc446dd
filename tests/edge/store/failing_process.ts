// A process whose calls on files fail, one by one (faulty.c is preloaded). Arguments: its places, and the legs to run. Each
// leg is run once for each call that can fail; a line is printed for each leg.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type EventStore, StoreUnavailable } from "../../../edge/store/event_store.ts";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { type Fault, Faults, type Places } from "../faults/faults.ts";
import { release, take, told } from "./appends.ts";
import { Ledger, saysBy } from "./ledger.ts";

/** A way of failing, and on how many calls it is tried, of all that can fail. */
export interface Leg {
  readonly name: string;
  readonly fault: Omit<Fault, "nth">;
  readonly points: number;
  /** Begins with no file at all, not with a log that a process has left. */
  readonly fresh?: boolean;
}

/** What came of a leg. */
export interface Told {
  readonly leg: string;
  /** Calls that could fail, and how many of them were tried. */
  readonly calls: number;
  readonly tried: number;
  readonly acknowledged: number;
  /** How often an append, or opening, ended with each reason. */
  readonly reasons: { readonly [reason: string]: number };
}

const streams = ["channel-general", "channel-random", "user-ada"];
/** What was told beside the answers since a point began. */
const reported: Error[] = [];
const options = { mostPages: 12, report: (error: Error) => void reported.push(error) };
const never = 2 ** 30;

/** Appends of every kind in one batch; numbers tell them apart. */
async function batch(store: EventStore, ledger: Ledger, number: number): Promise<void> {
  const appends = await Promise.all(
    streams.map(async (stream, index) => {
      // Where a sync has failed nothing is read any more, and nothing is taken whatever it says.
      const at = await store.head(stream).catch(unlessUnavailable);
      const id = `c${number}.${index}`;
      const claims = [index === number % 3 ? take(`k${number}`) : release(`k${number - 1}`)];
      return [
        told(id, { stream, at, says: [saysBy(id, 0), saysBy(id, 1)], claims }),
        told(`${id}.refused`, { stream, at: at + 2, says: [] }),
        told(`${id}.last`, { stream, at: at + 2, says: [saysBy(`${id}.last`, 0)] }),
      ];
    }),
  );
  const submitted: Promise<unknown>[] = appends.flat().map((append) => ledger.submit(store, append));
  const again = appends[0]?.[0];
  if (again !== undefined) submitted.push(ledger.submit(store, again));
  const bytes = new Uint8Array(9_000).fill(number);
  const saved = store.saveSnapshot({ stream: "channel-general", version: 1, domain: `m${number}`, bytes });
  submitted.push(saved.catch(unlessUnavailable));
  await store.saveCursor("relay", number % 100).catch(unlessUnavailable);
  // What is on its way to the disk is not seen before it is there.
  let done = false;
  const looking = (async () => {
    while (!done) {
      await setImmediate();
      await ledger.look(store, streams);
    }
  })();
  await Promise.all(submitted);
  done = true;
  await looking;
  // By then the write-ahead log was copied, if it was due.
  await setImmediate();
  await setImmediate();
}

function unlessUnavailable(error: unknown): 0 {
  if (!(error instanceof StoreUnavailable)) throw error;
  return 0;
}

async function work(store: EventStore, ledger: Ledger, from: number, batches: number): Promise<void> {
  for (let number = from; number < from + batches; number += 1) await batch(store, ledger, number);
}

/** Opens a copy of a folder, as the next process would, and compares it. */
async function compareCopy(folder: string, ledger: Ledger): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), "crowbar-copy-"));
  if (existsSync(folder)) cpSync(folder, copy, { recursive: true });
  const store = openEventStore(copy);
  await ledger.compare(store);
  await store.close();
  rmSync(copy, { recursive: true });
}

/** Room that is there again is used; after anything else that struck an append, only opening anew helps. */
async function compareState(store: EventStore, { persists = false }: Fault, ledger: Ledger): Promise<void> {
  const before = ledger.acknowledged.length;
  await ledger.submit(store, told("c999", { stream: "channel-probe" }));
  const taken = ledger.acknowledged.length > before;
  const failed = ledger.reasons.slice(0, taken ? undefined : -1);
  if (failed.includes("full")) assert.equal(taken, !persists, "what there is room for is taken");
  const copyFailed = reported.some((error) => error instanceof StoreUnavailable && error.reason === "io");
  if (failed.includes("io") || copyFailed) assert.ok(!taken, "nothing is taken after an error of the disk");
}

class Points {
  readonly #places: Places;
  readonly #faults: Faults;
  readonly #template: string;
  readonly #before = new Ledger();

  constructor(places: Places) {
    this.#places = places;
    this.#faults = new Faults(places);
    this.#template = mkdtempSync(join(tmpdir(), "crowbar-template-"));
  }

  /** What each point begins with: a log that a process has left without closing it. */
  async begin(): Promise<void> {
    const folder = join(this.#places.folder, "template");
    const store = openEventStore(folder, options);
    await work(store, this.#before, 1, 2);
    cpSync(folder, this.#template, { recursive: true });
    await store.close();
  }

  async leg({ name, fault, points, fresh = false }: Leg): Promise<Told> {
    const ledgers: Ledger[] = [];
    const calls = (await this.#point({ ...fault, nth: never }, fresh, [])).seen;
    for (let nth = 1; nth <= calls; nth += Math.ceil(calls / points)) {
      const { failed } = await this.#point({ ...fault, nth }, fresh, ledgers);
      assert.ok(failed > 0, `${name}: call ${nth} of ${calls} did not fail`);
    }
    const reasons: { [reason: string]: number } = {};
    for (const reason of ledgers.flatMap((ledger) => ledger.reasons)) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const acknowledged = ledgers.reduce((sum, ledger) => sum + ledger.acknowledged.length, 0);
    return { leg: name, calls, tried: ledgers.length, acknowledged, reasons };
  }

  async #point(
    fault: Fault,
    fresh: boolean,
    ledgers: Ledger[],
  ): Promise<{ readonly seen: number; readonly failed: number }> {
    const folder = join(this.#places.folder, "store");
    const durable = join(this.#places.durable, "store");
    for (const each of [folder, durable]) {
      rmSync(each, { recursive: true, force: true });
      if (!fresh) cpSync(this.#template, each, { recursive: true });
    }
    const ledger = new Ledger();
    if (!fresh) ledger.acknowledged.push(...this.#before.acknowledged);
    ledgers.push(ledger);

    reported.length = 0;
    this.#faults.arm(fault);
    let store: EventStore | undefined;
    try {
      store = openEventStore(folder, options);
      await work(store, ledger, 101, 3);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || store !== undefined) throw error;
      ledger.reasons.push(`opening ${error.reason}`);
    }
    // The process dies here, or the power goes; or it closes, under the same faults.
    await this.#faults.without(async () => {
      await compareCopy(folder, ledger);
      await compareCopy(durable, ledger);
    });
    if (store !== undefined) await compareState(store, fault, ledger);
    await store?.close();
    const counts = this.#faults.disarm();
    await compareCopy(durable, ledger);

    const next = openEventStore(folder, options);
    await ledger.compare(next);
    for (const append of ledger.unknown.splice(0)) await ledger.submit(next, append);
    await work(next, ledger, 201, 1);
    assert.deepEqual(ledger.unknown, []);
    await ledger.compare(next);
    await compareCopy(durable, ledger);
    await next.close();
    return counts;
  }

  end(): void {
    this.#faults.close();
    rmSync(this.#template, { recursive: true });
  }
}

const [places, legs] = process.argv.slice(2).map((argument) => JSON.parse(argument)) as [Places, readonly Leg[]];
const points = new Points(places);
await points.begin();
for (const leg of legs) {
  const told: Told = await points.leg(leg);
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
points.end();
