import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { atOnce } from "./at_once.ts";
import { etagOf } from "./etag.ts";
import { Journal, readJournal } from "./journal.ts";
import type { ViewFiles } from "./view_files.ts";
import type { StoredView } from "./view_store.ts";

/** When a journal is put into the files. */
export interface Due {
  /** When it is so old, in ms, … */
  readonly ms: number;
  /** … or holds so many bytes; beyond four times that, whoever writes waits for it. */
  readonly bytes: number;
}

const usual: Due = { ms: 1_000, bytes: 16 * 2 ** 20 };
/** Files that are replaced at once: an fsync that others wait for as well costs no more than one. */
const replacedAtOnce = 8;
const journalName = /^journal-(\d{1,15})$/;

/** What a file is to hold, and which journal says so. */
interface Pending extends StoredView {
  readonly journal: Journal;
}

/**
 * Files with a journal in front of them. A write is durable once it is in the journal, together with all that are made
 * meanwhile, and is in its file a second later; a file that is written many times in that second is replaced once.
 */
export class Journaled {
  readonly #files: ViewFiles;
  /** Is told what went wrong where nobody's call failed by it. */
  readonly #report: (error: unknown) => void;
  readonly #due: Due;
  readonly #pending = new Map<string, Pending>();
  #journal: Journal | undefined;
  #beginning: Promise<void> | undefined;
  /** Those before it, the oldest first, whose files may not all be replaced. */
  readonly #before: Journal[] = [];
  #number = 0;
  #checkpoint: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(files: ViewFiles, report: (error: unknown) => void, due = usual) {
    this.#files = files;
    this.#report = report;
    this.#due = due;
  }

  /** Puts what the journals of a process that has ended hold into the files. */
  async recover(): Promise<void> {
    const numbers = (await this.#files.all()).flatMap((file) => journalName.exec(file)?.[1] ?? []).map(Number);
    numbers.sort((a, b) => a - b);
    const newest = new Map<string, Uint8Array>();
    for (const number of numbers) {
      for (const { file, bytes } of await readJournal(this.#pathOf(number))) newest.set(file, bytes);
    }
    await atOnce(replacedAtOnce, newest, ([file, bytes]) => this.#files.replace(file, bytes, etagOf(bytes)));
    await this.#files.syncNames(newest.keys());
    for (const number of numbers) await unlink(this.#pathOf(number));
    if (numbers.length > 0) await this.#files.syncNames([]);
  }

  async read(file: string): Promise<StoredView | undefined> {
    await this.#mended();
    const pending = this.#pending.get(file);
    return pending === undefined ? this.#files.read(file) : { bytes: pending.bytes.slice(), etag: pending.etag };
  }

  async etag(file: string): Promise<string | undefined> {
    await this.#mended();
    return this.#pending.get(file)?.etag ?? this.#files.etag(file);
  }

  async all(): Promise<readonly string[]> {
    await this.#mended();
    return [...new Set([...(await this.#files.all()), ...this.#pending.keys()])];
  }

  /** Resolves when it is durable. Where it throws, the file is what it was. Writes of one file are made one after the other. */
  async write(file: string, bytes: Uint8Array, etag: string): Promise<void> {
    const own = new Uint8Array(bytes);
    while (this.#journal === undefined) await this.#begun();
    const journal = this.#journal;
    await journal.add({ file, bytes: own, etag });
    this.#timer ??= setTimeout(() => this.#checkpointSoon(), this.#due.ms).unref();
    if (journal.size >= this.#due.bytes) this.#checkpointSoon();
    if (journal.size >= 4 * this.#due.bytes) await this.#checkpoint?.catch(() => undefined); // it was reported
  }

  /** Puts everything into the files. What cannot be is in the journal, for whoever opens them next. */
  async close(): Promise<void> {
    await this.#checkpoint?.catch(() => undefined); // it was reported
    await this.#checkpointNow().catch(this.#report);
    this.#letGo();
  }

  /** Leaves journals and files as they are. */
  async forget(): Promise<void> {
    await this.#checkpoint?.catch(() => undefined); // nobody is to read them any more
    this.#letGo();
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    for (const journal of [...this.#before, ...(this.#journal ? [this.#journal] : [])]) journal.close();
  }

  /** Whether what was refused is in a broken journal nobody knows: without it everybody does. */
  async #mended(): Promise<void> {
    while (this.#journal?.broken || this.#before.some(({ broken }) => broken)) await this.#checkpointNow();
  }

  /** Begins a journal, whose name is durable before anything in it is. */
  #begun(): Promise<void> {
    this.#beginning ??= this.#begin().finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  async #begin(): Promise<void> {
    this.#number += 1;
    const journal: Journal = await Journal.begin(this.#pathOf(this.#number), ({ file, bytes, etag }) =>
      this.#pending.set(file, { bytes, etag, journal }),
    );
    try {
      await this.#files.syncNames([]);
    } catch (error) {
      await journal.remove().catch(() => this.#before.push(journal));
      throw error;
    }
    this.#journal = journal;
  }

  #checkpointSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#checkpoint !== undefined) return;
    this.#checkpointNow().catch((error: unknown) => {
      this.#report(error);
      this.#timer ??= setTimeout(() => this.#checkpointSoon(), this.#due.ms).unref();
    });
  }

  /** One at a time: whoever comes while one is running has that one. */
  #checkpointNow(): Promise<void> {
    this.#checkpoint ??= this.#replaceFiles().finally(() => {
      this.#checkpoint = undefined;
    });
    return this.#checkpoint;
  }

  async #replaceFiles(): Promise<void> {
    if (this.#journal !== undefined) this.#before.push(this.#journal);
    this.#journal = undefined;
    const journals = [...this.#before];
    if (journals.length === 0) return;
    await Promise.all(journals.map((journal) => journal.finished()));
    const due = [...this.#pending].filter(([, { journal }]) => journals.includes(journal));
    await atOnce(replacedAtOnce, due, ([file, { bytes, etag }]) => this.#files.replace(file, bytes, etag));
    await this.#files.syncNames(due.map(([file]) => file));
    // Save what was written once more meanwhile.
    for (const [file, pending] of due) if (this.#pending.get(file) === pending) this.#pending.delete(file);
    // The oldest first: what an older one says must never come after what a newer one said.
    for (const journal of journals) {
      await journal.remove();
      this.#before.shift();
    }
    await this.#files.syncNames([]);
  }

  #pathOf(number: number): string {
    return join(this.#files.folder, `journal-${number}`);
  }
}
