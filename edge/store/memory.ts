import { Batches } from "../batches.ts";
import {
  type Append,
  type AppendResult,
  type DecidedCommand,
  type EventStore,
  type LogEntry,
  type Snapshot,
  type StoreDamaged,
  StoreUnavailable,
  type WholeStream,
} from "./event_store.ts";
import { judge } from "./judge.ts";
import { byBytes, checkName, checkWhole } from "./names.ts";
import { type OwnAppend, ownCopy, withoutLineEnd } from "./own_copy.ts";

/** Where a fault may strike: before a batch of appends, after it was stored but before anybody hears so, any other call. */
export type Step = "append" | "appended" | "read" | "save";

export interface MemoryOptions {
  /** Called at each step with the batch's commands; what it throws is what the callers get. */
  readonly fault?: (step: Step, commandIds: readonly string[]) => void;
}

interface Stream {
  readonly lines: Uint8Array[];
  readonly commands: DecidedCommand[];
}

const batchLimit = 256;

/** The deterministic twin of the stored log: everything in memory, carried out in the next microtask. */
export class MemoryEventStore implements EventStore {
  readonly #fault: NonNullable<MemoryOptions["fault"]>;
  readonly #streams = new Map<string, Stream>();
  readonly #decided = new Map<string, DecidedCommand>();
  readonly #claims = new Map<string, string>();
  readonly #log: LogEntry[] = [];
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #cursors = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #batches = new Batches<OwnAppend, AppendResult>({
    carryOut: async (appends) => this.#carryOut(appends),
    turn: async () => {},
    share: () => 1 / batchLimit,
  });
  #closed = false;

  constructor({ fault = () => {} }: MemoryOptions = {}) {
    this.#fault = fault;
  }

  async append(append: Append): Promise<AppendResult> {
    this.#mustBeOpen();
    return await this.#batches.add(ownCopy(append));
  }

  #carryOut(appends: readonly OwnAppend[]): readonly AppendResult[] {
    const ids = appends.map(({ decided }) => decided.id);
    this.#fault("append", ids);
    const before = this.#log.length;
    const results = appends.map((append) => this.#one(append));
    if (this.#log.length > before) for (const listener of this.#listeners) queueMicrotask(listener);
    this.#fault("appended", ids);
    return results;
  }

  #one(append: OwnAppend): AppendResult {
    const result = judge(append, {
      decided: (id) => this.#decided.get(id),
      head: (stream) => this.#streams.get(stream)?.lines.length ?? 0,
      last: (stream) => this.#streams.get(stream)?.commands.at(-1)?.id,
      holder: (key) => this.#claims.get(key),
    });
    if (result.kind !== "appended") return result;
    const { decided, events, claims } = append;
    const stream = this.#streams.get(decided.stream) ?? { lines: [], commands: [] };
    this.#streams.set(decided.stream, stream);
    stream.commands.push(decided);
    this.#decided.set(decided.id, decided);
    for (const { version, line } of events) {
      stream.lines.push(line);
      const position = this.#log.length + 1;
      this.#log.push({ position, stream: decided.stream, version, bytes: withoutLineEnd(line) });
    }
    for (const { key, action } of claims) {
      if (action === "take") this.#claims.set(key, decided.stream);
      else if (this.#claims.get(key) === decided.stream) this.#claims.delete(key);
    }
    return result;
  }

  async decided(commandId: string): Promise<DecidedCommand | undefined> {
    this.#reading(commandId);
    return this.#decided.get(commandId);
  }

  async head(stream: string): Promise<number> {
    this.#reading(stream);
    return this.#streams.get(stream)?.lines.length ?? 0;
  }

  async read(stream: string, after: number, limit: number): Promise<{ events: Uint8Array; version: number }> {
    this.#reading(stream);
    checkWhole(after);
    const lines = this.#streams.get(stream)?.lines.slice(after, after + limit) ?? [];
    return { events: new Uint8Array(Buffer.concat(lines)), version: after + lines.length };
  }

  async *readEach(streams: readonly string[]): AsyncIterable<readonly WholeStream[]> {
    for (const stream of streams) {
      const whole = await this.read(stream, 0, Number.POSITIVE_INFINITY);
      if (whole.version > 0) yield [{ stream, ...whole }];
    }
  }

  async claimed(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    this.#reading(...keys);
    return new Map(
      keys.flatMap((key) => {
        const holder = this.#claims.get(key);
        return holder === undefined ? [] : [[key, holder]];
      }),
    );
  }

  async snapshot(stream: string, domain: string): Promise<Snapshot | undefined> {
    this.#reading(stream);
    return this.#snapshots.get(`${stream}\0${domain}`);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#saving(snapshot.stream, snapshot.domain);
    checkWhole(snapshot.version);
    const key = `${snapshot.stream}\0${snapshot.domain}`;
    if ((this.#snapshots.get(key)?.version ?? -1) > snapshot.version) return;
    this.#snapshots.set(key, { ...snapshot, bytes: Uint8Array.from(snapshot.bytes) });
  }

  async log(after: number, limit: number): Promise<readonly LogEntry[]> {
    this.#reading();
    checkWhole(after);
    return this.#log.slice(after, after + limit);
  }

  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async cursor(name: string): Promise<number> {
    this.#reading(name);
    return this.#cursors.get(name) ?? 0;
  }

  async saveCursor(name: string, position: number): Promise<void> {
    this.#saving(name);
    checkWhole(position);
    this.#cursors.set(name, position);
  }

  async streams(after: string, limit: number): Promise<readonly { stream: string; version: number }[]> {
    this.#reading();
    return [...this.#streams]
      .map(([stream, { lines }]) => ({ stream, version: lines.length }))
      .filter(({ stream, version }) => version > 0 && byBytes(stream, after) > 0)
      .sort((a, b) => byBytes(a.stream, b.stream))
      .slice(0, limit);
  }

  async commands(stream: string, offset: number, limit: number): Promise<readonly DecidedCommand[]> {
    this.#reading(stream);
    checkWhole(offset);
    return this.#streams.get(stream)?.commands.slice(offset, offset + limit) ?? [];
  }

  async *check(): AsyncIterable<StoreDamaged> {
    this.#reading();
    yield* []; // what is in memory is what was written
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#batches.finished();
  }

  #reading(...names: readonly string[]): void {
    this.#mustBeOpen();
    for (const name of names) checkName(name);
    this.#fault("read", []);
  }

  #saving(...names: readonly string[]): void {
    this.#mustBeOpen();
    for (const name of names) checkName(name);
    this.#fault("save", []);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new StoreUnavailable("closed", "The event store in memory is closed.");
  }
}
