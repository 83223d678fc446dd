import { renameSync, statSync } from "node:fs";
import { mkdir, open, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { asideEnding, discard, stampOf, writeAside, writeAsideNow } from "./aside.ts";
import { atOnce } from "./at_once.ts";
import { available } from "./available.ts";
import { etagOf } from "./etag.ts";
import { fileOfKey, keyOfFile } from "./file_of_key.ts";
import { isThere, lookThrough } from "./folder.ts";
import { FolderSync } from "./folder_sync.ts";
import { Turns } from "./turns.ts";
import type { Condition, StoredView, WriteResult } from "./view_store.ts";
import { type WholeFile, wholeFile } from "./whole_file.ts";

/** Files that are made durable at once: libuv has four threads, unless it was told otherwise. */
const syncsAtOnce = 16;
const etagsKept = 10_000;
const ownerOnly = 0o700;

/** One generation of views: a folder with a file for each. */
export class Generation {
  readonly name: string;
  readonly #folder: string;
  readonly #turns = new Turns();
  readonly #names = new FolderSync();
  /** Folders whose own names are durable, or are being made so. */
  readonly #folders = new Map<string, Promise<void>>();
  /** The tags of files by what their stamp was: a file that another process has replaced has another one. */
  readonly #etags = new LRUCache<string, { readonly stamp: string; readonly etag: string }>({ max: etagsKept });
  /** Files of which it is not known whether what they hold is durable: replacing or syncing them failed. */
  readonly #unsettled = new Set<string>();
  /** Files that are to be made durable at the end; undefined where each write is durable by itself. */
  #later: Set<string> | undefined;
  #dropped = false;

  constructor(root: string, name: string, durable: "each" | "later") {
    this.name = name;
    this.#folder = join(root, name);
    if (durable === "later") this.#later = new Set();
  }

  get dropped(): boolean {
    return this.#dropped;
  }

  /** Makes the folder, empty. */
  async begin(): Promise<void> {
    await this.#trying("begun", () => mkdir(this.#folder, { mode: ownerOnly }));
  }

  /** Clears what a crash has left over, and makes durable what it has left half way. */
  async recover(): Promise<void> {
    await this.#trying("opened", async () => {
      const { files, folders } = await lookThrough(this.#folder);
      for (const file of files) if (file.endsWith(asideEnding)) await unlink(join(this.#folder, file));
      const all = [this.#folder, ...folders.map((folder) => join(this.#folder, folder))];
      await atOnce(syncsAtOnce, all, (folder) => this.#names.sync(folder));
      for (const folder of all) this.#folders.set(folder, Promise.resolve());
    });
  }

  async read(key: string): Promise<StoredView | undefined> {
    const file = this.#fileOf(key);
    if (this.#unsettled.has(file))
      await this.#turns.take(file, () => this.#trying(`read, ${key}`, () => this.#settle(file)));
    const whole = await this.#trying(`read, ${key}`, async () => (await wholeFile(file)) ?? this.#surelyNot());
    return whole && { bytes: whole.bytes, etag: this.#etagOf(file, whole) };
  }

  async write(key: string, bytes: Uint8Array, condition: Condition): Promise<WriteResult> {
    const file = this.#fileOf(key);
    return this.#turns.take(file, () =>
      this.#trying(`written, ${key}`, async () => {
        if (this.#unsettled.has(file)) await this.#settle(file);
        const expected = "ifMatch" in condition ? condition.ifMatch : undefined;
        if ((await this.#etagNow(file)) !== expected) return { kind: "changed" };
        const etag = etagOf(bytes);
        await this.#replace(file, bytes, etag);
        return { kind: "written", etag };
      }),
    );
  }

  async keys(): Promise<readonly string[]> {
    const { files } = await this.#trying("listed", () => lookThrough(this.#folder));
    return files
      .map(keyOfFile)
      .filter((key) => key !== undefined)
      .sort();
  }

  /** Makes everything durable that was written so far. A generation of which that fails cannot be switched to. */
  async flush(): Promise<void> {
    const later = this.#later;
    if (later === undefined) return;
    await this.#trying("made durable", async () => {
      const files = [...later];
      later.clear();
      await atOnce(syncsAtOnce, files, syncFile);
      const folders = new Set([this.#folder, ...this.#folders.keys()]);
      await atOnce(syncsAtOnce, folders, (folder) => this.#names.sync(folder));
    }).catch((error: unknown) => {
      // A second fsync would succeed without having done anything; these files are never to be trusted.
      this.#dropped = true;
      throw error;
    });
  }

  /** From now on each write is durable by itself. Nothing may be being written. */
  async settle(): Promise<void> {
    await this.flush();
    this.#later = undefined;
  }

  /** Nobody is to read it any more; what cannot be removed now is when the views are opened again. */
  async drop(): Promise<void> {
    this.#dropped = true;
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Where the whole folder is gone, as a disk that is not mounted, no view is surely not there. */
  async #surelyNot(): Promise<undefined> {
    await stat(this.#folder);
  }

  #fileOf(key: string): string {
    return join(this.#folder, fileOfKey(key));
  }

  async #etagNow(file: string): Promise<string | undefined> {
    const now = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (now === undefined) return undefined;
    const known = this.#etags.get(file);
    if (known?.stamp === stampOf(now)) return known.etag;
    const whole = await wholeFile(file);
    return whole && this.#etagOf(file, whole);
  }

  /** Bytes are only gone through where they are not those of which the tag is known. */
  #etagOf(file: string, { bytes, stamp }: WholeFile): string {
    const known = this.#etags.get(file);
    if (known?.stamp === stamp) return known.etag;
    const etag = etagOf(bytes);
    this.#etags.set(file, { stamp, etag });
    return etag;
  }

  async #replace(file: string, bytes: Uint8Array, etag: string): Promise<void> {
    await this.#makeFolder(dirname(file));
    if (this.#later !== undefined) return this.#replaceNow(file, bytes, etag, this.#later);
    const aside = await writeAside(file, bytes);
    try {
      await rename(aside.path, file);
      this.#etags.set(file, { stamp: aside.stamp, etag });
      await this.#names.sync(dirname(file));
    } catch (error) {
      this.#unsettled.add(file);
      await discard(aside.path);
      throw error;
    }
  }

  /** No call here waits for the disk, and a replay is not slowed down by handing each to a thread; others get their turn. */
  async #replaceNow(file: string, bytes: Uint8Array, etag: string, later: Set<string>): Promise<void> {
    const aside = writeAsideNow(file, bytes);
    renameSync(aside.path, file);
    this.#etags.set(file, { stamp: aside.stamp, etag });
    later.add(file);
    await setImmediate();
  }

  /** Writes once more what the file holds, so that whoever reads it reads what stays. */
  async #settle(file: string): Promise<void> {
    const whole = await wholeFile(file);
    if (whole === undefined) await this.#names.sync(dirname(file));
    else await this.#replace(file, whole.bytes, etagOf(whole.bytes));
    this.#unsettled.delete(file);
  }

  /** Makes a folder, and its name and those of the folders around it durable. */
  #makeFolder(folder: string): Promise<void> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const made = (async () => {
      if (folder === this.#folder) return;
      await this.#makeFolder(dirname(folder));
      await mkdir(folder, { mode: ownerOnly }).catch(unlessThere);
      if (this.#later === undefined) await this.#names.sync(dirname(folder));
    })();
    this.#folders.set(folder, made);
    made.catch(() => this.#folders.delete(folder));
    return made;
  }

  #trying<T>(what: string, task: () => Promise<T>): Promise<T> {
    return available(`The views of ${this.name} cannot be ${what}`, task);
  }
}

function unlessThere(error: unknown): void {
  if (!isThere(error)) throw error;
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
