import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { failure } from "./failures.ts";

export interface Statement<Row> {
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
  run(...values: SQLInputValue[]): void;
}

/** One connection to one file. Whatever goes wrong is thrown as the port says it. */
export class Connection {
  readonly file: string;
  readonly #database: DatabaseSync;

  /** Opens the file, or makes it. */
  constructor(file: string) {
    this.file = file;
    // Nobody waits for a lock: whoever has the file keeps it.
    this.#database = this.#told(() => new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: false }));
  }

  exec(sql: string): void {
    this.#told(() => this.#database.exec(sql));
  }

  /** A statement whose rows are arrays, in the order of its columns. */
  prepare<Row extends readonly unknown[]>(sql: string): Statement<Row> {
    const statement: StatementSync = this.#told(() => this.#database.prepare(sql));
    statement.setReturnArrays(true);
    const told = this.#told.bind(this);
    return {
      get: (...values) => told(() => statement.get(...values) as unknown as Row | undefined),
      all: (...values) => told(() => statement.all(...values) as unknown as Row[]),
      run: (...values) => told(() => void statement.run(...values)),
    };
  }

  /** The one value of a statement that answers one. */
  value(sql: string): unknown {
    return this.prepare(sql).get()?.[0];
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** SQLite copies what is in the write-ahead log into the file, if it can, and removes it. */
  close(): void {
    this.#told(() => this.#database.close());
  }

  #told<Answer>(call: () => Answer): Answer {
    try {
      return call();
    } catch (error) {
      throw failure(error, this.file);
    }
  }
}
