import { AsyncLocalStorage } from "node:async_hooks";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { SQLiteConnection, SQLiteConnectionPool } from "@event-driven-io/emmett-sqlite";

type Values = Parameters<SQLiteConnection["query"]>[1];

/**
 * One connection of Node's SQLite for emmett's store, in WAL mode and with an fsync before every commit is answered. Its
 * own driver (sqlite3) hands each statement to a thread and prepares it anew, and its own pool opens the file anew for each
 * call: both are slower here. Transactions wait for each other: on one connection they would get into one another.
 */
export function openConnection(file: string): SQLiteConnection {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const inside = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = await inside.run(true, work);
      // Emmett says by its answer that a version was not the expected one, and would commit all the same.
      database.exec(isFailure(result) ? "ROLLBACK" : "COMMIT");
      return result;
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  };
  return {
    close: () => database.close(),
    command: async (sql, values) => {
      prepared(sql).run(...sqlValues(values));
      return undefined as never; // nobody here asks for it
    },
    batchCommand: async (all) => {
      for (const sql of all) database.exec(sql);
    },
    query: async <T>(sql: string, values?: Values) => prepared(sql).all(...sqlValues(values)) as T[],
    querySingle: async <T>(sql: string, values?: Values) =>
      (prepared(sql).get(...sqlValues(values)) ?? null) as T | null,
    withTransaction: <T>(work: () => Promise<T>) => {
      if (inside.getStore()) return work();
      const mine = last.then(() => transaction(work));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** Everybody has the same connection. */
export function poolOf(connection: SQLiteConnection): SQLiteConnectionPool {
  return {
    connection: async () => connection,
    withConnection: (handle) => handle(connection),
    close: async () => {},
  };
}

/** As its own driver binds them: the name of a partition comes as an object, which becomes a text. */
function sqlValues(values: Values): SQLInputValue[] {
  return (values ?? []).map((value) => {
    if (typeof value === "boolean") return Number(value);
    return typeof value === "object" ? String(value) : value;
  });
}

function isFailure(result: unknown): boolean {
  return typeof result === "object" && result !== null && "success" in result && result.success === false;
}
