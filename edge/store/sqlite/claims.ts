import type { Claim } from "@crowbar/domain";
import { checksum, verify } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { naming } from "./failures.ts";

export type ClaimRow = readonly [key: string, stream: number, crc: number];

/** Keys that are held, each by the number of a stream. */
export class ClaimTable {
  readonly #find: Statement<ClaimRow>;
  readonly #page: Statement<ClaimRow>;
  readonly #take: Statement<never>;
  readonly #release: Statement<never>;

  constructor(connection: Connection) {
    this.#find = connection.prepare("SELECT key, stream, crc FROM claims WHERE key = ?");
    this.#page = connection.prepare("SELECT key, stream, crc FROM claims WHERE key > ? ORDER BY key LIMIT ?");
    this.#take = connection.prepare("INSERT INTO claims (key, stream, crc) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    this.#release = connection.prepare("DELETE FROM claims WHERE key = ? AND stream = ?");
  }

  holder(key: string): number | undefined {
    const row = naming(claimName(key), () => this.#find.get(key));
    return row && holderOf(row);
  }

  /** Claims by key, not verified. */
  page(after: string, limit: number): readonly ClaimRow[] {
    return this.#page.all(after, limit);
  }

  /** In order; each key that is taken is free, or the stream's own. What another stream holds is not given back. */
  carryOut(claims: readonly Claim[], stream: number): void {
    for (const { key, action } of claims) {
      naming(claimName(key), () => {
        if (action === "take") this.#take.run(key, stream, checksum([key, stream]));
        else this.#release.run(key, stream);
      });
    }
  }
}

/** @throws StoreDamaged */
export function holderOf([key, stream, crc]: ClaimRow): number {
  verify(claimName(key), crc, [key, stream]);
  return stream;
}

export function claimName(key: string): string {
  return `claim ${key}`;
}
