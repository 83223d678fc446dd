import type { Connection, Statement } from "./connection.ts";

/** The numbers of a table's rows: 1, 2, 3 … without a hole, in the order in which they were committed. */
export class Numbers {
  readonly #after: Statement<readonly [number: number | null]>;
  #last: number;
  #committed: number;

  constructor(connection: Connection, table: string, column: string) {
    this.#after = connection.prepare(`SELECT min(${column}) FROM ${table} WHERE ${column} > ?`);
    this.#last = Number(connection.value(`SELECT coalesce(max(${column}), 0) FROM ${table}`));
    this.#committed = this.#last;
  }

  /** The last one, as the transaction has it so far. */
  get last(): number {
    return this.#last;
  }

  /** The last one that is committed. */
  get lastCommitted(): number {
    return this.#committed;
  }

  take(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Answers whether any were taken. */
  committed(): boolean {
    const taken = this.#last > this.#committed;
    this.#committed = this.#last;
    return taken;
  }

  rolledBack(): void {
    this.#last = this.#committed;
  }

  /** The next one that is in the table: there may be holes if it is damaged. */
  after(number: number): number | undefined {
    return this.#after.get(number)?.[0] ?? undefined;
  }
}
