// A closed log with a few streams, and its files with a bit turned over.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EventStore, StoreDamaged } from "../../../edge/store/event_store.ts";
import { openEventStore } from "../../../edge/store/sqlite/open_event_store.ts";
import { all, bytes, general, take, told } from "./appends.ts";
import { plain } from "./contract/appending.ts";

export const random = "channel-random";
/** Nothing but the stream itself has this name. */
export const ada = "user-ada";
const versions = 30;

/** Thirty events in general and in random, one in ada, a command each; a refused one, claims, a snapshot, a cursor. */
export async function fill(store: EventStore): Promise<void> {
  for (let at = 0; at < versions; at += 1) {
    for (const stream of [general, random]) {
      const id = `${stream} command ${at + 1}`;
      const claims = at === 0 ? [take(`name:${stream}`)] : [];
      await store.append(told(id, { stream, at, says: [`event of ${stream}, number ${at + 1}`], claims }));
    }
  }
  await store.append(told("registered", { stream: ada }));
  await store.append(told("refused", { at: versions, says: [] }));
  await store.saveSnapshot({ stream: general, version: versions, domain: "m1", bytes: bytes("a snapshot of general") });
  await store.saveCursor("relay", 2 * versions);
  await store.append(told("last", { at: versions, says: ["the last one"] }));
}

/** Everything that can be read of what `fill` wrote. */
export async function holds(store: EventStore): Promise<unknown> {
  const ids = Array.from({ length: versions }, (_, index) =>
    [general, random].map((it) => `${it} command ${index + 1}`),
  );
  return {
    streams: await store.streams("", 9),
    heads: [await store.head(general), await store.head(random)],
    general: plain(await store.read(general, 0, 99)),
    random: plain(await store.read(random, 0, 99)),
    ada: plain(await store.read(ada, 0, 99)),
    log: (await store.log(0, 999)).map(plain),
    commands: [...(await store.commands(general, 0, 99)), ...(await store.commands(random, 0, 99))].map(plain),
    decided: await Promise.all([...ids.flat(), "refused", "last"].map(async (id) => plain(await store.decided(id)))),
    claims: [...(await store.claimed([`name:${general}`, `name:${random}`]))],
    snapshot: plain(await store.snapshot(general, "m1")),
    cursor: await store.cursor("relay"),
  };
}

/** A copy of a folder for one test of what was changed in its files. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), "crowbar-damaged-"));
  /** What was reported beside what was answered. */
  readonly reported: Error[] = [];

  constructor(of: string) {
    cpSync(of, this.folder, { recursive: true });
  }

  /** Turns over a bit of one byte. */
  flip(name: string, at: number, bit: number): void {
    const file = join(this.folder, name);
    const content = readFileSync(file);
    content[at] = (content[at] ?? 0) ^ (1 << bit);
    writeFileSync(file, content);
  }

  open(): EventStore {
    return openEventStore(this.folder, { report: (error) => this.reported.push(error) });
  }

  /** The names of everything that is found damaged on opening it and walking through it. */
  async damaged(): Promise<readonly string[]> {
    let store: EventStore;
    try {
      store = this.open();
    } catch (error) {
      if (error instanceof StoreDamaged) return [error.what];
      throw error;
    }
    const found = await all(store.check());
    await store.close();
    return found.map(({ what }) => what);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Where a text stands in a file, each time. */
export function placesOf(text: string, file: string): readonly number[] {
  const content = readFileSync(file);
  const places: number[] = [];
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) places.push(at);
  return places;
}
