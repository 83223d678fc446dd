import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type EventStore, StoreDamaged, StoreUnavailable } from "../event_store.ts";
import { Connection } from "./connection.ts";
import { SqliteEventStore } from "./event_store.ts";
import { failure } from "./failures.ts";
import { forgetHolder, holderOf, noteHolder } from "./holder.ts";
import { Log } from "./log.ts";
import { Mark } from "./mark.ts";
import { prepareTables } from "./schema.ts";
import { Tables } from "./tables.ts";

export interface SqliteOptions {
  /** Is told what went wrong where nobody's call failed by it: a damaged snapshot, a note that could not be written. */
  readonly report?: (error: Error) => void;
  /**
   * Pages of 4 KB in the write-ahead log from which they are copied into the file. More make fewer and longer pauses;
   * what is in the write-ahead log alone is read again when a process dies.
   */
  readonly mostPages?: number;
}

/**
 * Opens the log in a folder, or makes an empty one there, for this process alone.
 *
 * @throws StoreUnavailable `busy` where a process has it, `format` where another version wrote it, `full`, `io`;
 *   StoreDamaged where the file is none of SQLite's, or the log has lost its end.
 */
export function openEventStore(
  folder: string,
  { report = (error) => process.emitWarning(error), mostPages = 2_000 }: SqliteOptions = {},
): EventStore {
  const file = join(folder, "store.db");
  makeFolder(folder);
  const connection = new Connection(file);
  try {
    take(connection, folder);
    prepareTables(connection);
    const tables = new Tables(connection, report);
    const mark = new Mark(join(folder, "store.mark"), report);
    compare(mark, tables, file);
    // What is in the write-ahead log may be there in memory alone, where a process died of a failed fsync: it is
    // written anew, and synced, before anybody is told of it.
    connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    note(folder, report);
    const log = new Log(connection, tables, mark, mostPages, report);
    return new SqliteEventStore(log, () => forgetHolder(folder), report);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Its name in the folder above is durable as well. */
function makeFolder(folder: string): void {
  try {
    const first = mkdirSync(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = resolve(folder); ; made = dirname(made)) {
      sync(dirname(made));
      if (made === resolve(first)) return;
    }
  } catch (error) {
    throw failure(error, folder);
  }
}

function sync(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function take(connection: Connection, folder: string): void {
  try {
    // Kept until the process ends, however it does, and nothing of the write-ahead log is shared.
    connection.exec("PRAGMA locking_mode = EXCLUSIVE");
    // A row of a command fills a third of a page, and a commit writes whole ones.
    connection.exec("PRAGMA page_size = 4096");
    const mode = connection.value("PRAGMA journal_mode = WAL");
    if (mode !== "wal")
      throw new StoreUnavailable("io", `${connection.file} cannot have a write-ahead log, but ${mode}.`);
    // The write-ahead log is synced before it is copied, and the file after; `Log` syncs before a commit is answered.
    connection.exec("PRAGMA synchronous = NORMAL");
    // Copying into the file is asked for, where its errors are seen.
    connection.exec("PRAGMA wal_autocheckpoint = 0");
    // 64 MB: the upper pages of every table and the newest events of many streams.
    connection.exec("PRAGMA cache_size = -65536");
    // Nothing is written before a commit, so nothing of a transaction can fail to be taken back.
    connection.exec("PRAGMA cache_spill = OFF");
    // No file outside this folder.
    connection.exec("PRAGMA temp_store = MEMORY");
    // A read that fails is an error of the call; in mapped memory it would end the process.
    connection.exec("PRAGMA mmap_size = 0");
    // Damage in a page is told when the page is read.
    connection.exec("PRAGMA cell_size_check = ON");
    connection.exec("BEGIN IMMEDIATE; COMMIT");
  } catch (error) {
    if (!(error instanceof StoreUnavailable && error.reason === "busy")) throw error;
    throw new StoreUnavailable("busy", `${folder} is held by ${holderOf(folder)}; one at a time has it.`, {
      cause: error,
    });
  }
}

/** SQLite is about to end the log at its last whole frame: where more was there, what it drops is kept beside it. */
function compare(mark: Mark, { reached }: Tables, file: string): void {
  try {
    mark.compare(reached);
  } catch (error) {
    if (error instanceof StoreDamaged && existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${file}-wal.damaged`);
    throw error;
  }
}

/** Without the note, the next process is told of "another process". */
function note(folder: string, report: (error: Error) => void): void {
  try {
    noteHolder(folder);
  } catch (error) {
    report(error as Error);
  }
}
