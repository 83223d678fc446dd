import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { StoreUnavailable } from "../event_store.ts";
import type { Connection, Statement } from "./connection.ts";
import { failure } from "./failures.ts";
import type { Mark } from "./mark.ts";
import type { Tables } from "./tables.ts";

const synced = promisify(fdatasync);

interface Committed<Answers> {
  readonly answers: Answers;
  /** Were events added? */
  readonly moved: boolean;
}

/**
 * The transactions of a log: what is answered is durable, and once it is not known whether it is, there are no more.
 *
 * SQLite writes a commit into the write-ahead log and leaves the sync to us (`synchronous=NORMAL`), which is `FULL` but for who
 * calls it: in `FULL` the event loop would stand still in it.
 */
export class Log {
  readonly connection: Connection;
  readonly tables: Tables;
  readonly #mark: Mark;
  readonly #report: (error: Error) => void;
  readonly #begin: Statement<never>;
  readonly #commit: Statement<never>;
  readonly #rollBack: Statement<never>;
  readonly #waiting: Statement<readonly [busy: number, pages: number, copied: number]>;
  #failed: StoreUnavailable | undefined;
  /** Is there something in the file of which it is not known whether a loss of power would leave it? */
  #unknown = false;
  #syncing: Promise<void> | undefined;
  #descriptor: number | undefined;
  #closed = false;
  readonly #mostPages: number;
  #copyFrom: number;
  #copying = false;

  /** Pages in the write-ahead log are copied into the file when there are `mostPages`. */
  constructor(connection: Connection, tables: Tables, mark: Mark, mostPages: number, report: (error: Error) => void) {
    this.#mostPages = mostPages;
    this.#copyFrom = mostPages;
    this.connection = connection;
    this.tables = tables;
    this.#mark = mark;
    this.#report = report;
    this.#begin = connection.prepare("BEGIN IMMEDIATE");
    this.#commit = connection.prepare("COMMIT");
    this.#rollBack = connection.prepare("ROLLBACK");
    this.#waiting = connection.prepare("PRAGMA wal_checkpoint(NOOP)");
  }

  /**
   * Carries out `work` as one transaction; answers when it is durable, and whether events were added. One at a time.
   * Whatever is thrown, nothing of it is done; save where the sync failed: then nobody knows, and nothing is read any more.
   *
   * @throws StoreUnavailable, StoreDamaged, and what `work` throws.
   */
  async transaction<Answers>(work: (tables: Tables) => Answers): Promise<Committed<Answers>> {
    const committed = this.#commitNow(work);
    this.#syncing = this.#sync();
    try {
      await this.#syncing;
    } finally {
      this.#syncing = undefined;
    }
    this.#mark.write(this.tables.reached);
    this.#copyIfDue();
    return committed;
  }

  /** Resolves when everything that can be read now is durable; undefined where it is. */
  get synced(): Promise<void> | undefined {
    return this.#syncing;
  }

  /** @throws StoreUnavailable where a sync has failed: what can be read may be gone after a loss of power. */
  mustBeKnown(): void {
    if (this.#unknown && this.#failed) throw this.#failed;
  }

  #commitNow<Answers>(work: (tables: Tables) => Answers): Committed<Answers> {
    if (this.#failed) throw this.#failed;
    let answers: Answers;
    try {
      this.#begin.run();
      answers = work(this.tables);
      this.tables.write();
      this.#commit.run();
    } catch (error) {
      this.#rollBackAfter(error);
      throw error;
    }
    return { answers, moved: this.tables.committed() };
  }

  /** Through a descriptor of our own: a sync is of the file, whoever has written to it. */
  async #sync(): Promise<void> {
    try {
      this.#descriptor ??= openSync(`${this.connection.file}-wal`, "r");
      await synced(this.#descriptor);
    } catch (error) {
      this.#unknown = true;
      throw this.#fail(failure(error, this.connection.file) as Error);
    }
  }

  #rollBackAfter(error: unknown): void {
    if (error instanceof StoreUnavailable && error.reason === "io") this.#fail(error);
    this.tables.rolledBack();
    try {
      if (this.connection.inTransaction) this.#rollBack.run();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  // After a failed fsync the pages that were not written look as if they were: to try again would succeed, and mean
  // nothing (https://www.usenix.org/conference/atc20/presentation/rebello). Opening anew writes them anew.
  #fail(cause: Error): StoreUnavailable {
    const message = `${this.connection.file} takes no more until it is opened anew: ${cause.message}`;
    this.#failed ??= new StoreUnavailable("io", message, { cause });
    return this.#failed;
  }

  /** After the answers are out: copying takes longer than a commit. */
  #copyIfDue(): void {
    if (this.#copying || (this.#waiting.get()?.[1] ?? 0) < this.#copyFrom) return;
    this.#copying = true;
    setImmediate(() => {
      this.#copying = false;
      if (!this.#closed && !this.#failed) this.#copy("PASSIVE");
    });
  }

  // By ourselves, since SQLite would keep quiet about what goes wrong in it. Nothing is lost with it: all of it is in the
  // write-ahead log, which grows on until the copy succeeds.
  #copy(mode: "PASSIVE" | "TRUNCATE"): void {
    try {
      this.connection.exec(`PRAGMA wal_checkpoint(${mode})`);
      this.#copyFrom = this.#mostPages;
    } catch (error) {
      this.#copyFrom += this.#mostPages;
      if (!(error instanceof StoreUnavailable && error.reason === "full")) this.#fail(error as Error);
      this.#report(error as Error);
    }
  }

  /** Nothing is thrown: what was committed is so, and what was not saved of the cursors is where they were earlier. */
  async close(): Promise<void> {
    this.#closed = true;
    try {
      if (!this.#failed && this.tables.cursors.hasMoved) await this.transaction(() => {});
    } catch (error) {
      this.#report(error as Error);
    }
    if (!this.#failed) this.#copy("TRUNCATE");
    this.#mark.close();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    try {
      this.connection.close();
    } catch (error) {
      this.#report(error as Error);
    }
  }
}
