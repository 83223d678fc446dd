import { statSync } from "node:fs";
import { mkdir, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LRUCache } from "lru-cache";
import { asideEnding, discard, stampOf, writeAside } from "./aside.ts";
import { atOnce } from "./at_once.ts";
import { etagOf } from "./etag.ts";
import { isThere, lookThrough } from "./folder.ts";
import { FolderSync } from "./folder_sync.ts";
import type { StoredView } from "./view_store.ts";
import { type WholeFile, wholeFile } from "./whole_file.ts";

/** Files that are made durable at once: libuv has four threads, unless it was told otherwise. */
const syncsAtOnce = 16;
const etagsKept = 10_000;
const ownerOnly = 0o700;

/** The files of one generation, each replaced as a whole. Paths are beneath its folder, with `/`. What is thrown is the file system's. */
export class ViewFiles {
  readonly folder: string;
  readonly #names = new FolderSync();
  /** Folders whose own names are durable, or are being made so. */
  readonly #folders = new Map<string, Promise<void>>();
  /** The tags of files by what their stamp was: a file that another process has replaced has another one. */
  readonly #etags = new LRUCache<string, { readonly stamp: string; readonly etag: string }>({ max: etagsKept });

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder, empty. */
  async begin(): Promise<void> {
    await mkdir(this.folder, { mode: ownerOnly });
  }

  /** Clears what a crash has left over, and makes durable what it has left half way. */
  async recover(): Promise<void> {
    const { files, folders } = await lookThrough(this.folder);
    for (const file of files) if (file.endsWith(asideEnding)) await unlink(join(this.folder, file));
    const all = [this.folder, ...folders.map((folder) => join(this.folder, folder))];
    await atOnce(syncsAtOnce, all, (folder) => this.#names.sync(folder));
    for (const folder of all) this.#folders.set(folder, Promise.resolve());
  }

  async all(): Promise<readonly string[]> {
    return (await lookThrough(this.folder)).files;
  }

  async read(file: string): Promise<StoredView | undefined> {
    const path = join(this.folder, file);
    const whole = await wholeFile(path);
    // Where the whole folder is gone, as a disk that is not mounted, no view is surely not there.
    if (whole === undefined) await stat(this.folder);
    return whole && { bytes: whole.bytes, etag: this.#etagOf(path, whole) };
  }

  /** Undefined where there is no such file. */
  async etag(file: string): Promise<string | undefined> {
    const path = join(this.folder, file);
    const now = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (now === undefined) return undefined;
    const known = this.#etags.get(path);
    if (known?.stamp === stampOf(now)) return known.etag;
    const whole = await wholeFile(path);
    return whole && this.#etagOf(path, whole);
  }

  /** Writes it aside, durably, and puts that in its place; the name is durable after `syncNames`. */
  async replace(file: string, bytes: Uint8Array, etag: string): Promise<void> {
    const path = join(this.folder, file);
    await this.#makeFolder(dirname(path));
    const aside = await writeAside(path, bytes);
    try {
      await rename(aside.path, path);
    } catch (error) {
      await discard(aside.path);
      throw error;
    }
    this.#etags.set(path, { stamp: aside.stamp, etag });
  }

  /** Makes the names of these files durable, and those of this folder itself. */
  async syncNames(files: Iterable<string>): Promise<void> {
    const folders = new Set([this.folder]);
    for (const file of files) folders.add(dirname(join(this.folder, file)));
    await atOnce(syncsAtOnce, folders, (folder) => this.#names.sync(folder));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Bytes are only gone through where they are not those of which the tag is known. */
  #etagOf(path: string, { bytes, stamp }: WholeFile): string {
    const known = this.#etags.get(path);
    if (known?.stamp === stamp) return known.etag;
    const etag = etagOf(bytes);
    this.#etags.set(path, { stamp, etag });
    return etag;
  }

  /** Makes a folder, and its name and those of the folders around it durable. */
  #makeFolder(folder: string): Promise<void> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const made = (async () => {
      if (folder === this.folder) return;
      await this.#makeFolder(dirname(folder));
      await mkdir(folder, { mode: ownerOnly }).catch(unlessThere);
      await this.#names.sync(dirname(folder));
    })();
    this.#folders.set(folder, made);
    made.catch(() => this.#folders.delete(folder));
    return made;
  }
}

function unlessThere(error: unknown): void {
  if (!isThere(error)) throw error;
}
