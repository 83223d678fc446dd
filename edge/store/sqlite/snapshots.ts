import { type Snapshot, StoreDamaged } from "../event_store.ts";
import { checksum, verify } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { naming } from "./failures.ts";

export type SnapshotRow = readonly [stream: string, domain: string, version: number, crc: number, bytes: Uint8Array];

/** The newest snapshot of each stream and module. */
export class SnapshotTable {
  readonly #find: Statement<SnapshotRow>;
  readonly #page: Statement<readonly [row: number, ...SnapshotRow]>;
  readonly #save: Statement<never>;
  readonly #report: (error: Error) => void;

  /** `report` is told of every damaged snapshot. */
  constructor(connection: Connection, report: (error: Error) => void) {
    this.#report = report;
    this.#find = connection.prepare(
      "SELECT stream, domain, version, crc, bytes FROM snapshots WHERE stream = ? AND domain = ?",
    );
    this.#page = connection.prepare(
      "SELECT rowid, stream, domain, version, crc, bytes FROM snapshots WHERE rowid > ? ORDER BY rowid LIMIT 1",
    );
    this.#save = connection.prepare(
      "INSERT OR REPLACE INTO snapshots (stream, domain, version, crc, bytes) VALUES (?, ?, ?, ?, ?)",
    );
  }

  /** A damaged one is not there: it is made of events, which are. */
  find(stream: string, domain: string): Snapshot | undefined {
    try {
      const row = naming(snapshotName(stream, domain), () => this.#find.get(stream, domain));
      return row && snapshotOf(row);
    } catch (error) {
      if (!(error instanceof StoreDamaged)) throw error;
      this.#report(error);
      return undefined;
    }
  }

  /** The first row after another one, not verified. */
  after(row: number): readonly [row: number, ...SnapshotRow] | undefined {
    return this.#page.get(row);
  }

  /** An older one than is there is left out; a damaged one is replaced, whatever version it seems to have. */
  save({ stream, domain, version, bytes }: Snapshot): void {
    if ((this.find(stream, domain)?.version ?? -1) > version) return;
    const crc = checksum([stream, domain, version], bytes);
    naming(snapshotName(stream, domain), () => this.#save.run(stream, domain, version, crc, bytes));
  }
}

/** @throws StoreDamaged */
export function snapshotOf([stream, domain, version, crc, bytes]: SnapshotRow): Snapshot {
  verify(snapshotName(stream, domain), crc, [stream, domain, version], bytes);
  return { stream, version, domain, bytes };
}

export function snapshotName(stream: string, domain: string): string {
  return `snapshot ${stream} ${domain}`;
}
