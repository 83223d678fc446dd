import { type FileHandle, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Journal, JournalEntry } from "./journal.ts";

const lineEnd = 10;

/** A journal as a file of lines of JSON, each made durable (fsync) before it counts. Loading leaves only what still holds. */
export class JournalFile implements Journal {
  readonly #path: string;
  #file: FileHandle | undefined;
  /** Bytes of whole, durable lines: what a failed write has left behind them goes before the next one. */
  #size = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * @throws Error where a line is none of this journal's: it names which. A last line without its end was being written
   *   when the process ended, and has not happened.
   */
  async load(): Promise<readonly JournalEntry[]> {
    await mkdir(dirname(this.#path), { recursive: true });
    const bytes = await readFile(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return Buffer.alloc(0);
    });
    const whole = bytes.subarray(0, bytes.lastIndexOf(lineEnd) + 1).toString("utf8");
    const last = new Map<string, JournalEntry>();
    for (const [index, line] of whole.split("\n").slice(0, -1).entries()) {
      const entry = entryOf(line);
      if (entry === undefined) throw new Error(`Line ${index + 1} of ${this.#path} is no entry of a journal.`);
      const key = `${entry.group}\n${entry.stream}`;
      if (entry.state === "done") last.delete(key);
      else last.set(key, entry);
    }
    const entries = [...last.values()];
    await this.#replace(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    return entries;
  }

  write(entry: JournalEntry): Promise<void> {
    const written = this.#last.then(() => this.#append(`${JSON.stringify(entry)}\n`));
    this.#last = written.catch(() => undefined); // its caller is told; the next one is another's
    return written;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file?.close();
    this.#file = undefined;
  }

  async #append(line: string): Promise<void> {
    if (this.#file === undefined) throw new Error(`The journal ${this.#path} is not open.`);
    const bytes = Buffer.from(line);
    await this.#file.truncate(this.#size);
    const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, this.#size);
    if (bytesWritten < bytes.length)
      throw new Error(`Only ${bytesWritten} of ${bytes.length} bytes went into ${this.#path}.`);
    await this.#file.sync();
    this.#size += bytes.length;
  }

  /** The file as a whole: aside first, so that it is the old one or the new one. */
  async #replace(text: string): Promise<void> {
    const aside = `${this.#path}.tmp`;
    const file = await open(aside, "w+", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
      await rename(aside, this.#path);
      await syncFolder(dirname(this.#path));
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#file = file;
    this.#size = Buffer.byteLength(text);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Undefined where the line is none. */
function entryOf(line: string): JournalEntry | undefined {
  let entry: Partial<Record<keyof JournalEntry | "reason", unknown>>;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { state, group, stream, version, reason } = entry ?? {};
  const known = state === "owed" || state === "done" || (state === "halted" && typeof reason === "string");
  const whole = typeof group === "string" && typeof stream === "string" && Number.isSafeInteger(version);
  return known && whole ? (entry as JournalEntry) : undefined;
}
