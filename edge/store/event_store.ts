import type { Claim } from "@crowbar/domain";

/** One event as it is stored: the core's canonical bytes, without a line's end. */
export interface StoredEvent {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** A decided command, remembered for ever: its first verdict is the answer to every repetition. */
export interface DecidedCommand {
  readonly id: string;
  /** Who sent it. The same id from somebody else is another command. */
  readonly actor: string;
  /** sha-256 (hex) of what was asked: tells a repetition from another command under the same id. */
  readonly digest: string;
  readonly stream: string;
  /** The version of the stream that it was decided on. */
  readonly decidedAt: number;
  /** As they went into `decide`. */
  readonly command: Uint8Array;
  readonly context: Uint8Array;
  /** As it came out: accepted or refused. */
  readonly verdict: Uint8Array;
}

/**
 * What one decided command leaves, in one transaction: the events at their versions, the claims that they take and give
 * back, and the command itself. A refused command leaves no event, and is remembered all the same, so that a late
 * repetition is not accepted after its sender was told no.
 */
export interface Append {
  readonly decided: DecidedCommand;
  /** `decidedAt + 1`, `decidedAt + 2`, … */
  readonly events: readonly StoredEvent[];
  readonly claims: readonly Claim[];
  /**
   * The command on whose outcome this one was decided before the store had answered for it: it has to be the last one of the
   * stream by now. The version alone would not tell: where the other one was not stored and somebody else was faster,
   * the stream is at that version, too, with another event.
   */
  readonly upon?: string;
}

export type AppendResult =
  | { readonly kind: "appended" }
  /** The command's id is there already. Nothing was changed. */
  | { readonly kind: "known"; readonly decided: DecidedCommand }
  /** The stream's head is here, not at `decidedAt`; or it is there with another command than `upon`. Nothing was changed. */
  | { readonly kind: "conflict"; readonly version: number }
  /** Another stream holds a key that was to be taken. Nothing was changed. */
  | { readonly kind: "claimed"; readonly key: string; readonly rejection: string };

/** An event in the order of commits, with its place there. Only a relay's cursor uses that order; no rule may. */
export interface LogEntry {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** A stream from its first event to its head, as NDJSON. */
export interface WholeStream {
  readonly stream: string;
  readonly version: number;
  readonly events: Uint8Array;
}

export interface Snapshot {
  readonly stream: string;
  readonly version: number;
  /** The hash of the module that made it: another one folds from the start. */
  readonly domain: string;
  readonly bytes: Uint8Array;
}

/**
 * The port to the truth. Every answer is of committed, durable data. Whatever is called may throw `StoreUnavailable`
 * (nothing was changed, or it is not known whether it was: asking again by the command's id tells), `StoreDamaged`
 * (a record is not what was written; it names which) and nothing else, but for the errors of a caller with a bug.
 *
 * Names (streams, ids, keys) are not empty and hold no NUL and no lone surrogate (TypeError); their order is that of their
 * UTF-8 bytes. Versions, positions and offsets are 0, 1, 2, … (RangeError); a limit may be infinite.
 */
export interface EventStore {
  /**
   * All of it, durably, or nothing. Calls that are made together may share one transaction (group commit); within it they
   * are carried out in the order of the calls, each seeing what those before it left. The bytes are copied before the
   * call returns.
   *
   * @throws TypeError for a name that is none or an event that is not one line; RangeError where the versions do not
   *   follow `decidedAt`. Nothing was changed.
   */
  append(append: Append): Promise<AppendResult>;
  /** The command of that id, where it was decided. */
  decided(commandId: string): Promise<DecidedCommand | undefined>;
  /** The version of a stream: 0 where nothing has happened in it. */
  head(stream: string): Promise<number>;
  /**
   * The events of a stream after a version, in order, as NDJSON: at most `limit` events, and fewer where they are longer
   * than some 32 MB together, but never none where there is one. `version` is the last one's; `after` where there is none.
   */
  read(
    stream: string,
    after: number,
    limit: number,
  ): Promise<{ readonly events: Uint8Array; readonly version: number }>;
  /**
   * Every event of many streams, some of them at a time, in an order of the store's own: for streams that are small, several times
   * faster than `read` of each. Streams in which nothing has happened are left out. Ends with `StoreDamaged` where one is damaged: `read`
   * tells how far that one is whole.
   */
  readEach(streams: readonly string[]): AsyncIterable<readonly WholeStream[]>;
  /** Which of these keys are held, and by which stream. */
  claimed(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** The newest snapshot of a stream made by that module. A cache, never the truth: a damaged one is not there. */
  snapshot(stream: string, domain: string): Promise<Snapshot | undefined>;
  saveSnapshot(snapshot: Snapshot): Promise<void>;

  /** Committed events after a position, in the order of commits. */
  log(after: number, limit: number): Promise<readonly LogEntry[]>;
  /** Calls after events were committed; answers how to stop. A hint: `log` is the truth. */
  onCommit(listener: () => void): () => void;
  /**
   * Where a reader of the log has come to; 0 at first. After a crash it may be where the reader was earlier, never later:
   * it is stored with the next append, or on closing, so that it costs no fsync of its own.
   */
  cursor(name: string): Promise<number>;
  saveCursor(name: string, position: number): Promise<void>;

  /** All streams in which something has happened with their heads, by name, after `after`. */
  streams(after: string, limit: number): Promise<readonly { readonly stream: string; readonly version: number }[]>;
  /** The commands of a stream in the order in which they were decided, after the first `offset`. */
  commands(stream: string, offset: number, limit: number): Promise<readonly DecidedCommand[]>;

  /** Walks through every record and names each that is not what was written. Calls in between are served. */
  check(): AsyncIterable<StoreDamaged>;

  /** Carries out what waits, and gives the files back. Whatever is called later throws `StoreUnavailable`, `closed`. */
  close(): Promise<void>;
}

/** The store cannot answer now: wait, then ask by the command's id. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
  /**
   * `busy` another process has it · `full` no room left: later appends may be taken · `io` a read, a write or an fsync
   * failed; after one in an append, every append is refused until the store is opened anew · `format` another version of
   * this package wrote the files · `closed`
   */
  readonly reason: "busy" | "full" | "io" | "format" | "closed";
  constructor(reason: StoreUnavailable["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A stored record is not what was written. `what` names it: `event channel-general 17`, `command 018d…`. */
export class StoreDamaged extends Error {
  override readonly name = "StoreDamaged";
  readonly what: string;
  constructor(what: string, message: string) {
    super(message);
    this.what = what;
  }
}
