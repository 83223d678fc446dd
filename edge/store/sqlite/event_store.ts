import { Batches } from "../batches.ts";
import {
  type Append,
  type AppendResult,
  type DecidedCommand,
  type EventStore,
  type LogEntry,
  type Snapshot,
  StoreDamaged,
  StoreUnavailable,
} from "../event_store.ts";
import { checkName, checkWhole } from "../names.ts";
import { ownCopy } from "../own_copy.ts";
import { check } from "./check.ts";
import type { Log } from "./log.ts";
import type { Tables } from "./tables.ts";

/** What takes part in a transaction, and about how many bytes it writes. */
interface Work {
  readonly bytes: number;
  readonly carryOut: (tables: Tables) => unknown;
}

/** A transaction takes at most so much, and so many bytes: it is one fsync, and nothing else happens meanwhile. */
const mostWork = 256;
const mostBytes = 8 * 2 ** 20;

/** The log in one file of SQLite's. `openEventStore` makes it. */
export class SqliteEventStore implements EventStore {
  readonly #log: Log;
  readonly #letGo: () => void;
  readonly #report: (error: Error) => void;
  readonly #listeners = new Set<() => void>();
  readonly #batches = new Batches<Work, unknown>({
    carryOut: (works) => this.#carryOut(works),
    // What came in with the same turn of the event loop is asked for by then.
    schedule: setImmediate,
    share: ({ bytes }) => Math.max(1 / mostWork, bytes / mostBytes),
  });
  #closed = false;

  /** `letGo` is called before the files are closed. */
  constructor(log: Log, letGo: () => void, report: (error: Error) => void) {
    this.#log = log;
    this.#letGo = letGo;
    this.#report = report;
  }

  async append(append: Append): Promise<AppendResult> {
    this.#mustBeOpen();
    const own = ownCopy(append);
    return (await this.#batches.add({
      bytes: own.bytes,
      carryOut: (tables) => tables.append(own),
    })) as AppendResult;
  }

  #carryOut(works: readonly Work[]): readonly unknown[] {
    try {
      return this.#transaction(works);
    } catch (error) {
      if (!(error instanceof StoreDamaged) || works.length === 1) throw error;
      // One by one, so that only those fail that touch what is damaged.
      return works.map((work) => {
        try {
          return this.#transaction([work])[0];
        } catch (error) {
          return error;
        }
      });
    }
  }

  #transaction(works: readonly Work[]): readonly unknown[] {
    const { answers, moved } = this.#log.transaction((tables) => works.map(({ carryOut }) => carryOut(tables)));
    // Each by itself, and later: what a listener throws is not the store's.
    if (moved) for (const listener of this.#listeners) queueMicrotask(listener);
    return answers;
  }

  async decided(commandId: string): Promise<DecidedCommand | undefined> {
    checkName(commandId);
    return this.#open().commands.find(commandId);
  }

  async head(stream: string): Promise<number> {
    checkName(stream);
    return this.#open().streams.head(stream)?.version ?? 0;
  }

  async read(stream: string, after: number, limit: number): Promise<{ events: Uint8Array; version: number }> {
    checkName(stream);
    checkWhole(after);
    const { streams, events } = this.#open();
    const head = streams.head(stream);
    return head === undefined ? { events: new Uint8Array(0), version: after } : events.read(head, after, limit);
  }

  async claimed(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { claims, streams } = this.#open();
    return new Map(
      keys.flatMap((key) => {
        checkName(key);
        const holder = claims.holder(key);
        return holder === undefined ? [] : [[key, streams.name(holder)]];
      }),
    );
  }

  async snapshot(stream: string, domain: string): Promise<Snapshot | undefined> {
    checkName(stream);
    return this.#open().snapshots.find(stream, domain);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#mustBeOpen();
    checkName(snapshot.stream);
    checkName(snapshot.domain);
    checkWhole(snapshot.version);
    const own = { ...snapshot, bytes: new Uint8Array(snapshot.bytes) };
    try {
      await this.#batches.add({ bytes: own.bytes.length, carryOut: ({ snapshots }) => snapshots.save(own) });
    } catch (error) {
      // Nothing is lost with it.
      if (!(error instanceof StoreDamaged)) throw error;
      this.#report(error);
    }
  }

  async log(after: number, limit: number): Promise<readonly LogEntry[]> {
    checkWhole(after);
    return this.#open().commits.read(after, limit);
  }

  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async cursor(name: string): Promise<number> {
    checkName(name);
    return this.#open().cursors.position(name);
  }

  async saveCursor(name: string, position: number): Promise<void> {
    checkName(name);
    checkWhole(position);
    this.#open().cursors.move(name, position);
  }

  async streams(after: string, limit: number): Promise<readonly { stream: string; version: number }[]> {
    return this.#open()
      .streams.page(after, most(limit))
      .map(({ name, version }) => ({ stream: name, version }));
  }

  async commands(stream: string, offset: number, limit: number): Promise<readonly DecidedCommand[]> {
    checkName(stream);
    checkWhole(offset);
    const { commands, streams } = this.#open();
    const head = streams.head(stream);
    return head === undefined ? [] : commands.page(head.number, offset, most(limit));
  }

  async *check(): AsyncIterable<StoreDamaged> {
    this.#mustBeOpen();
    for (const step of check(this.#log)) {
      if (step !== undefined) yield step;
      await new Promise((resolve) => setImmediate(resolve));
      this.#mustBeOpen();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#batches.finish();
    this.#letGo();
    this.#log.close();
  }

  #open(): Tables {
    this.#mustBeOpen();
    return this.#log.tables;
  }

  #mustBeOpen(): void {
    if (this.#closed)
      throw new StoreUnavailable("closed", `The event store in ${this.#log.connection.file} is closed.`);
  }
}

/** SQLite knows no infinity; less than none would be all. */
function most(limit: number): number {
  return Math.max(0, Math.min(limit, Number.MAX_SAFE_INTEGER));
}
