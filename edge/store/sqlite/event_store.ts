import { setImmediate } from "node:timers/promises";
import { Batches } from "../../batches.ts";
import {
  type Append,
  type AppendResult,
  type DecidedCommand,
  type EventStore,
  type LogEntry,
  type Snapshot,
  StoreDamaged,
  StoreUnavailable,
  type WholeStream,
} from "../event_store.ts";
import { checkName, checkWhole } from "../names.ts";
import { ownCopy } from "../own_copy.ts";
import { check } from "./check.ts";
import type { Log } from "./log.ts";
import type { Head } from "./streams.ts";
import type { Tables } from "./tables.ts";

/** What takes part in a transaction, and about how many bytes it writes. */
interface Work {
  readonly bytes: number;
  readonly carryOut: (tables: Tables) => unknown;
}

/** A transaction takes at most so much, and so many bytes: nothing else happens while they are written. */
const mostWork = 256;
const mostBytes = 8 * 2 ** 20;

/** Streams that are read together: at most so many, and so many bytes. */
const mostTogether = 1_000;
const bytesTogether = 2 ** 20;

/** Those of the first whose events lie one after the other; one at least. */
function together(heads: readonly Head[]): readonly Head[] {
  let bytes = 0;
  const beyond = heads.findIndex((head, index) => {
    bytes += head.bytes;
    return index > 0 && (head.number !== (heads[index - 1]?.number ?? 0) + 1 || bytes > bytesTogether);
  });
  return beyond < 0 ? heads : heads.slice(0, beyond);
}

/** The log in one file of SQLite's. `openEventStore` makes it. */
export class SqliteEventStore implements EventStore {
  readonly #log: Log;
  readonly #letGo: () => void;
  readonly #report: (error: Error) => void;
  readonly #listeners = new Set<() => void>();
  readonly #batches = new Batches<Work, unknown>({
    carryOut: (works) => this.#carryOut(works),
    // What came in with the same turn of the event loop is asked for by then.
    turn: setImmediate,
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

  async #carryOut(works: readonly Work[]): Promise<readonly unknown[]> {
    try {
      return await this.#transaction(works);
    } catch (error) {
      if (!(error instanceof StoreDamaged) || works.length === 1) throw error;
      // One by one, so that only those fail that touch what is damaged.
      const answers: unknown[] = [];
      for (const work of works) {
        answers.push(
          await this.#transaction([work]).then(
            ([answer]) => answer,
            (error: unknown) => error,
          ),
        );
      }
      return answers;
    }
  }

  async #transaction(works: readonly Work[]): Promise<readonly unknown[]> {
    const { answers, moved } = await this.#log.transaction((tables) => works.map(({ carryOut }) => carryOut(tables)));
    // Each by itself, and later: what a listener throws is not the store's.
    if (moved) for (const listener of this.#listeners) queueMicrotask(listener);
    return answers;
  }

  async decided(commandId: string): Promise<DecidedCommand | undefined> {
    checkName(commandId);
    const found = this.#open().commands.find(commandId);
    // What is not there now has not been stored, whatever becomes of what is being stored.
    return found && this.#durably(found);
  }

  async head(stream: string): Promise<number> {
    checkName(stream);
    return this.#durably(this.#open().streams.head(stream)?.version ?? 0);
  }

  async read(stream: string, after: number, limit: number): Promise<{ events: Uint8Array; version: number }> {
    checkName(stream);
    checkWhole(after);
    const { streams, events } = this.#open();
    const head = streams.head(stream);
    if (head === undefined) return { events: new Uint8Array(0), version: after };
    return this.#durably(events.read(head, after, limit));
  }

  async *readEach(streams: readonly string[]): AsyncIterable<readonly WholeStream[]> {
    for (const name of streams) checkName(name);
    const numbers = this.#heads(streams).sort((a, b) => a.number - b.number);
    for (let at = 0; at < numbers.length; ) {
      // As they are now: what was added since lies between them.
      const run = this.#heads(together(numbers.slice(at, at + mostTogether)).map(({ name }) => name));
      at += run.length;
      yield await this.#durably(this.#open().events.readEach(run));
      await setImmediate();
    }
  }

  #heads(streams: readonly string[]): Head[] {
    const { streams: table } = this.#open();
    return streams.flatMap((name) => table.head(name) ?? []);
  }

  async claimed(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { claims, streams } = this.#open();
    const held = keys.flatMap((key): [string, string][] => {
      checkName(key);
      const holder = claims.holder(key);
      return holder === undefined ? [] : [[key, streams.name(holder)]];
    });
    return this.#durably(new Map(held));
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
    return this.#durably(this.#open().commits.read(after, limit));
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
    const heads = this.#open().streams.page(after, most(limit));
    return this.#durably(heads.map(({ name, version }) => ({ stream: name, version })));
  }

  async commands(stream: string, offset: number, limit: number): Promise<readonly DecidedCommand[]> {
    checkName(stream);
    checkWhole(offset);
    const { commands, streams } = this.#open();
    const head = streams.head(stream);
    return head === undefined ? [] : this.#durably(commands.page(head.number, offset, most(limit)));
  }

  async *check(): AsyncIterable<StoreDamaged> {
    this.#mustBeOpen();
    for (const step of check(this.#log)) {
      if (step !== undefined) yield step;
      await setImmediate();
      this.#mustBeOpen();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#batches.finished();
    this.#letGo();
    await this.#log.close();
  }

  #open(): Tables {
    this.#mustBeOpen();
    this.#log.mustBeKnown();
    return this.#log.tables;
  }

  /** Answers what was read when all that could be seen in it is on the disk. */
  async #durably<T>(answer: T): Promise<T> {
    await this.#log.synced;
    return answer;
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
