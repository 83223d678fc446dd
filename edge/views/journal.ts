import { closeSync, fdatasync, ftruncate, open, unlink, write } from "node:fs";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { Batches } from "../batches.ts";
import { wholeFile } from "./whole_file.ts";

const calls = {
  open: promisify(open),
  write: promisify(write),
  sync: promisify(fdatasync),
  truncate: promisify(ftruncate),
  unlink: promisify(unlink),
};

/** A file's new content. */
export interface Entry {
  /** Its path, with `/`, beneath the journal's folder. */
  readonly file: string;
  readonly bytes: Uint8Array;
}
/** With its version tag, which is not written: the bytes tell it. */
export type TaggedEntry = Entry & { readonly etag: string };

/** Sizes of the path and of the bytes, and a checksum over all else. */
const head = 12;
const mostBytes = 8 * 2 ** 20;
const ownerOnly = 0o600;

/**
 * What files are to hold, one after the other in one file: whatever is added in one turn of the event loop is durable with
 * one fsync, where each file by itself would take two.
 */
export class Journal {
  readonly path: string;
  readonly #descriptor: number;
  readonly #batches: Batches<TaggedEntry, undefined>;
  #size = 0;
  #broken = false;

  private constructor(path: string, descriptor: number, durable: (entry: TaggedEntry) => void) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#batches = new Batches({
      carryOut: async (entries) => {
        await this.#append(entries);
        for (const entry of entries) durable(entry);
        return entries.map(() => undefined);
      },
      turn: async () => {},
      share: ({ bytes }) => (head + bytes.length) / mostBytes,
    });
  }

  /** Begins an empty one, where there is none of that name; `durable` is told of each entry in the moment in which it is so. */
  static async begin(path: string, durable: (entry: TaggedEntry) => void): Promise<Journal> {
    return new Journal(path, await calls.open(path, "wx+", ownerOnly), durable);
  }

  /** Bytes of durable entries. */
  get size(): number {
    return this.#size;
  }

  /** Is it not known whether entries that were refused are in it? It takes no more then, and is to be removed. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Resolves when the entry is durable. Throws the file system's error; then it is not in the journal, or that is `broken`. */
  async add(entry: TaggedEntry): Promise<void> {
    await this.#batches.add(entry);
  }

  /** Resolves when nothing is being added any more. */
  finished(): Promise<void> {
    return this.#batches.finished();
  }

  async remove(): Promise<void> {
    await calls.unlink(this.path);
    this.close();
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  async #append(entries: readonly Entry[]): Promise<void> {
    if (this.#broken) throw Object.assign(new Error(`${this.path} could not be written before.`), { code: "EIO" });
    const bytes = Buffer.concat(entries.flatMap(recordOf));
    try {
      for (let at = 0; at < bytes.length; ) {
        at += (await calls.write(this.#descriptor, bytes, at, bytes.length - at, this.#size + at)).bytesWritten;
      }
      await calls.sync(this.#descriptor);
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Nobody is told that these are stored, so they must not be found when it is read again. */
  async #takeBack(): Promise<void> {
    try {
      await calls.truncate(this.#descriptor, this.#size);
      await calls.sync(this.#descriptor);
    } catch {
      this.#broken = true;
    }
  }
}

function recordOf({ file, bytes }: Entry): readonly Uint8Array[] {
  const path = Buffer.from(file);
  const sizes = Buffer.alloc(head);
  sizes.writeUInt32LE(path.length, 0);
  sizes.writeUInt32LE(bytes.length, 4);
  sizes.writeUInt32LE(checksum(sizes, path, bytes), 8);
  return [sizes, path, bytes];
}

/** The whole entries of a journal, in order. Where it ends in the middle of one, that one was never acknowledged. */
export async function readJournal(path: string): Promise<readonly Entry[]> {
  const whole = await wholeFile(path);
  const all = Buffer.from(whole?.bytes ?? new Uint8Array());
  const entries: Entry[] = [];
  for (let at = 0; at + head <= all.length; ) {
    const sizes = all.subarray(at, at + head);
    const middle = at + head + sizes.readUInt32LE(0);
    const end = middle + sizes.readUInt32LE(4);
    if (end > all.length) break;
    const file = all.subarray(at + head, middle);
    const bytes = all.subarray(middle, end);
    if (checksum(sizes, file, bytes) !== sizes.readUInt32LE(8)) break;
    entries.push({ file: file.toString(), bytes });
    at = end;
  }
  return entries;
}

function checksum(sizes: Uint8Array, path: Uint8Array, bytes: Uint8Array): number {
  return crc32(bytes, crc32(path, crc32(sizes.subarray(0, 8))));
}
