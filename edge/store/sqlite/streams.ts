import { LRUCache } from "lru-cache";
import { StoreDamaged, StoreUnavailable } from "../event_store.ts";
import { checksum, runningFrom, verify } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { naming } from "./failures.ts";
import { Numbers } from "./numbers.ts";
import { mostStreams } from "./schema.ts";

/** What a stream is after its last event. */
export interface Head {
  readonly number: number;
  readonly name: string;
  readonly version: number;
  /** The running checksum of its lines, and how many bytes they are. */
  readonly running: number;
  readonly bytes: number;
}

type Row = readonly [number: number, name: string, version: number, running: number, bytes: number, crc: number];
const columns = "number, name, version, running, bytes, crc";

/** Heads that are kept at hand; some 200 bytes each. As `max` of the cache, room for all of them is made at once: 20 ms. */
const atHand = { maxSize: 50_000, sizeCalculation: () => 1 };

/** The streams with their heads. Those that a transaction moves are written at its end, once each. */
export class StreamTable {
  readonly numbers: Numbers;
  readonly #byName: Statement<Row>;
  readonly #byNumber: Statement<Row>;
  readonly #page: Statement<Row>;
  readonly #write: Statement<never>;
  readonly #file: string;
  readonly #committed = new LRUCache<string, Head>(atHand);
  readonly #names = new LRUCache<number, string>(atHand);
  readonly #moved = new Map<string, Head>();

  constructor(connection: Connection) {
    this.#byName = connection.prepare(`SELECT ${columns} FROM streams WHERE name = ?`);
    this.#byNumber = connection.prepare(`SELECT ${columns} FROM streams WHERE number = ?`);
    this.#page = connection.prepare(
      `SELECT ${columns} FROM streams WHERE name > ? AND version > 0 ORDER BY name LIMIT ?`,
    );
    this.#write = connection.prepare(
      `INSERT INTO streams (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET
        version = excluded.version, running = excluded.running, bytes = excluded.bytes, crc = excluded.crc`,
    );
    this.#file = connection.file;
    this.numbers = new Numbers(connection, "streams", "number");
  }

  /** The head as the transaction has it so far; undefined where there is no such stream. */
  head(name: string): Head | undefined {
    const known = this.#moved.get(name) ?? this.#committed.get(name);
    if (known !== undefined) return known;
    const head = this.find(name);
    if (head !== undefined) this.#committed.set(name, head);
    return head;
  }

  /** The head in the file. */
  find(name: string): Head | undefined {
    const what = streamName(name);
    const row = naming(what, () => this.#byName.get(name));
    if (row === undefined) return undefined;
    const head = headOf(row, what);
    // Found by an index, which would still hold the name that a damaged row has lost.
    if (head.name !== name) throw new StoreDamaged(what, `${what} is stored as ${head.name}.`);
    return head;
  }

  /** The head in the file of a stream that there must be. */
  numbered(number: number): Head {
    const what = `stream number ${number}`;
    const row = naming(what, () => this.#byNumber.get(number));
    if (row === undefined) throw new StoreDamaged(what, `${what} is not there.`);
    return headOf(row, `${what} (${row[1]})`);
  }

  /** The name of a stream that there must be. */
  name(number: number): string {
    const known = this.#names.get(number);
    if (known !== undefined) return known;
    const { name } = this.numbered(number);
    this.#names.set(number, name);
    return name;
  }

  /** The head of a stream to which something is about to happen for the first time. */
  begin(name: string): Head {
    if (this.numbers.last >= mostStreams) {
      throw new StoreUnavailable("full", `${this.#file} has ${mostStreams} streams, and no room for another.`);
    }
    const head = { number: this.numbers.take(), name, version: 0, running: runningFrom(name), bytes: 0 };
    this.#moved.set(name, head);
    this.#names.set(head.number, name);
    return head;
  }

  move(head: Head): void {
    this.#moved.set(head.name, head);
  }

  /** Writes what was moved: the end of a transaction. */
  write(): void {
    for (const head of this.#moved.values()) {
      const { number, name, version, running, bytes } = head;
      naming(streamName(name), () => this.#write.run(number, name, version, running, bytes, checksumOf(head)));
    }
  }

  committed(): void {
    for (const [name, head] of this.#moved) this.#committed.set(name, head);
    this.#moved.clear();
    this.numbers.committed();
  }

  rolledBack(): void {
    for (const { number } of this.#moved.values()) if (number > this.numbers.lastCommitted) this.#names.delete(number);
    this.#moved.clear();
    this.numbers.rolledBack();
  }

  page(after: string, limit: number): readonly Head[] {
    const heads = this.#page.all(after, limit).map((row) => headOf(row, streamName(row[1])));
    // Between transactions the file says what is.
    for (const head of heads) this.#committed.set(head.name, head);
    return heads;
  }
}

function headOf([number, name, version, running, bytes, crc]: Row, what: string): Head {
  verify(what, crc, [number, name, version, running, bytes]);
  return { number, name, version, running, bytes };
}

export function streamName(name: string): string {
  return `stream ${name}`;
}

function checksumOf({ number, name, version, running, bytes }: Head): number {
  return checksum([number, name, version, running, bytes]);
}
