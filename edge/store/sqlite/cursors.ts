import { checksum, verify } from "./checksum.ts";
import type { Connection, Statement } from "./connection.ts";
import { naming } from "./failures.ts";

export type CursorRow = readonly [name: string, position: number, crc: number];

/** Where the readers of the log have come to: at hand, and in the file since the last transaction. */
export class CursorTable {
  readonly #find: Statement<CursorRow>;
  readonly #all: Statement<CursorRow>;
  readonly #save: Statement<never>;
  readonly #moved = new Map<string, number>();

  constructor(connection: Connection) {
    this.#find = connection.prepare("SELECT name, position, crc FROM cursors WHERE name = ?");
    this.#all = connection.prepare("SELECT name, position, crc FROM cursors");
    this.#save = connection.prepare("INSERT OR REPLACE INTO cursors (name, position, crc) VALUES (?, ?, ?)");
  }

  position(name: string): number {
    const moved = this.#moved.get(name);
    if (moved !== undefined) return moved;
    const row = naming(cursorName(name), () => this.#find.get(name));
    return row === undefined ? 0 : positionOf(row);
  }

  /** Those in the file, not verified. */
  all(): readonly CursorRow[] {
    return this.#all.all();
  }

  move(name: string, position: number): void {
    this.#moved.set(name, position);
  }

  get hasMoved(): boolean {
    return this.#moved.size > 0;
  }

  /** Writes what was moved. What is not committed then is written again with the next transaction. */
  write(): void {
    for (const [name, position] of this.#moved) {
      naming(cursorName(name), () => this.#save.run(name, position, checksum([name, position])));
    }
  }

  committed(): void {
    this.#moved.clear();
  }
}

/** @throws StoreDamaged */
export function positionOf([name, position, crc]: CursorRow): number {
  verify(cursorName(name), crc, [name, position]);
  return position;
}

export function cursorName(name: string): string {
  return `cursor ${name}`;
}
