import { crc32 } from "node:zlib";
import { StoreDamaged, type WholeStream } from "../event_store.ts";
import { runningFrom, sealOf } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { naming } from "./failures.ts";
import { streamSize } from "./schema.ts";
import type { Head } from "./streams.ts";

/** An event's columns beside its place; any of them may be something else in a damaged file. */
export type EventRow = readonly [starts: number, before: number, crc: number, line: Uint8Array];
export const eventColumns = "starts, before, crc, line";

/** Most bytes that are read at once. */
const most = 32 * 2 ** 20;

/** The events of all streams, each stream's in one run of places. */
export class EventTable {
  readonly #insert: Statement<never>;
  readonly #edge: Statement<readonly [starts: number, before: number, crc: number, size: number]>;
  readonly #lines: Statement<readonly [lines: Uint8Array]>;
  readonly #one: Statement<EventRow>;
  readonly #after: Statement<readonly [place: number | null]>;

  constructor(connection: Connection) {
    this.#insert = connection.prepare(`INSERT INTO events (place, ${eventColumns}) VALUES (?, ?, ?, ?, ?)`);
    this.#edge = connection.prepare("SELECT starts, before, crc, length(line) FROM events WHERE place = ?");
    // Joined by SQLite, many events are one value and one copy; as text, which it takes any bytes for.
    this.#lines = connection.prepare(
      "SELECT CAST(group_concat(line, '') AS BLOB) FROM events WHERE place BETWEEN ? AND ?",
    );
    this.#one = connection.prepare(`SELECT ${eventColumns} FROM events WHERE place = ?`);
    this.#after = connection.prepare("SELECT min(place) FROM events WHERE place > ?");
  }

  /** Adds the next event of a stream; answers the stream with it. */
  add(head: Head, line: Uint8Array): Head {
    const { number, name, running: before, bytes: starts } = head;
    const version = head.version + 1;
    const running = crc32(line, before);
    const seal = sealOf(name, version, starts, before, running);
    naming(eventName(name, version), () => this.#insert.run(placeOf(number, version), starts, before, seal, line));
    return { number, name, version, running, bytes: starts + line.length };
  }

  /** The lines after a version: at most `limit` of them, and `most` bytes where there is more than one. */
  read(head: Head, after: number, limit: number): { readonly events: Uint8Array; readonly version: number } {
    let through = Math.min(head.version, after + limit);
    if (through <= after) return { events: new Uint8Array(0), version: after };
    const [starts, before] = this.#edgeOf(head, after + 1);
    for (;;) {
      const [lastStarts, lastBefore, seal, lastSize] = this.#edgeOf(head, through);
      const size = lastStarts + lastSize - starts;
      if (size > most && through > after + 1) {
        through = after + Math.ceil((through - after) / 2);
        continue;
      }
      const events = this.#joined(head, after, through);
      const running = crc32(events, before >>> 0);
      if (events.length === size && sealOf(head.name, through, lastStarts, lastBefore, running) === seal) {
        return { events, version: through };
      }
      return this.#damaged(head, after, through);
    }
  }

  /** The whole of streams whose numbers follow each other, one after the other. They are read in one go, so they are to be small. */
  readEach(heads: readonly Head[]): readonly WholeStream[] {
    const [first] = heads;
    const last = heads.at(-1);
    if (first === undefined || last === undefined) return [];
    const events = this.#between(
      `streams ${first.name} to ${last.name}`,
      placeOf(first.number, 1),
      placeOf(last.number, last.version),
    );
    let at = 0;
    return heads.map((head) => {
      const own = events.subarray(at, at + head.bytes);
      at += head.bytes;
      if (own.length < head.bytes || crc32(own, runningFrom(head.name)) !== head.running)
        this.#damaged(head, 0, head.version);
      return { stream: head.name, version: head.version, events: own };
    });
  }

  /** The next place with an event, of whichever stream. */
  after(place: number): number | undefined {
    return this.#after.get(place)?.[0] ?? undefined;
  }

  #edgeOf(head: Head, version: number) {
    const what = eventName(head.name, version);
    return naming(what, () => this.#edge.get(placeOf(head.number, version))) ?? missing(what);
  }

  #joined(head: Head, after: number, through: number): Uint8Array {
    try {
      return this.#between(`stream ${head.name}`, placeOf(head.number, after + 1), placeOf(head.number, through));
    } catch (error) {
      if (error instanceof StoreDamaged) return this.#damaged(head, after, through);
      throw error;
    }
  }

  #between(what: string, first: number, last: number): Uint8Array {
    const joined = naming(what, () => this.#lines.get(first, last))?.[0];
    return joined instanceof Uint8Array ? joined : new Uint8Array(0);
  }

  /** Finds which one it is. */
  #damaged(head: Head, after: number, through: number): never {
    for (let version = after + 1; version <= through; version += 1) this.verify(head, version);
    const what = `stream ${head.name}`;
    throw new StoreDamaged(what, `${what}: events ${after + 1} to ${through} do not follow each other.`);
  }

  /** @throws StoreDamaged where the event is not there, or not what was written. */
  verify({ name, number }: Head, version: number): EventRow {
    const what = eventName(name, version);
    const row = naming(what, () => this.#one.get(placeOf(number, version))) ?? missing(what);
    verifyEvent(name, version, row);
    return row;
  }
}

/** @throws StoreDamaged */
export function verifyEvent(stream: string, version: number, [starts, before, crc, line]: EventRow): void {
  const what = eventName(stream, version);
  const actual =
    line instanceof Uint8Array ? sealOf(stream, version, starts, before, crc32(line, before >>> 0)) : undefined;
  if (actual !== crc) throw new StoreDamaged(what, `${what} has checksum ${actual}; written was ${crc}.`);
}

export function missing(what: string): never {
  throw new StoreDamaged(what, `${what} is not there.`);
}

export function eventName(stream: string, version: number): string {
  return `event ${stream} ${version}`;
}

export function placeOf(stream: number, version: number): number {
  return stream * streamSize + version;
}
