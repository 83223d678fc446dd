import type { LogEntry } from "../event_store.ts";
import { withoutLineEnd } from "../own_copy.ts";
import { checksum, verify } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { type EventRow, eventName, missing, verifyEvent } from "./events.ts";
import { naming } from "./failures.ts";
import { Numbers } from "./numbers.ts";
import { streamSize } from "./schema.ts";
import type { StreamTable } from "./streams.ts";

type CommitRow = readonly [position: number, place: number, crc: number];
type Row = readonly [...CommitRow, ...EventRow];

/** The order of commits: positions 1, 2, 3 … without a hole, each the place of an event. */
export class CommitTable {
  readonly numbers: Numbers;
  readonly #insert: Statement<never>;
  readonly #page: Statement<Row>;
  readonly #one: Statement<CommitRow>;
  readonly #streams: StreamTable;

  constructor(connection: Connection, streams: StreamTable) {
    this.#streams = streams;
    this.#insert = connection.prepare("INSERT INTO commits (position, place, crc) VALUES (?, ?, ?)");
    this.#page = connection.prepare(
      `SELECT position, commits.place, commits.crc, starts, before, events.crc, line
        FROM commits LEFT JOIN events ON events.place = commits.place WHERE position > ? ORDER BY position LIMIT ?`,
    );
    this.#one = connection.prepare("SELECT position, place, crc FROM commits WHERE position = ?");
    this.numbers = new Numbers(connection, "commits", "position");
  }

  add(place: number): void {
    const position = this.numbers.take();
    naming(positionName(position), () => this.#insert.run(position, place, checksum([position, place])));
  }

  read(after: number, limit: number): readonly LogEntry[] {
    const wanted = Math.min(limit, this.numbers.last - after);
    if (wanted <= 0) return [];
    const rows = naming("log", () => this.#page.all(after, wanted));
    return Array.from({ length: wanted }, (_, index) => this.#entryOf(after + 1 + index, rows[index]));
  }

  /** The place at a position that there must be. */
  place(position: number): number {
    const what = positionName(position);
    const row = naming(what, () => this.#one.get(position)) ?? missing(what);
    const [, place, crc] = row;
    verify(what, crc, [position, place]);
    return place;
  }

  #entryOf(position: number, row: Row | undefined): LogEntry {
    if (row?.[0] !== position) return missing(positionName(position));
    const [, place, crc, ...event] = row;
    verify(positionName(position), crc, [position, place]);
    const stream = this.#streams.name(Math.floor(place / streamSize));
    const version = place % streamSize;
    if (event[3] === null) return missing(eventName(stream, version));
    verifyEvent(stream, version, event);
    return { position, stream, version, bytes: withoutLineEnd(event[3]) };
  }
}

export function positionName(position: number): string {
  return `log position ${position}`;
}
