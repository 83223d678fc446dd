import { join } from "node:path";
import { available } from "./available.ts";
import { etagOf } from "./etag.ts";
import { fileOfKey, keyOfFile } from "./file_of_key.ts";
import { Journaled } from "./journaled.ts";
import { Turns } from "./turns.ts";
import { ViewFiles } from "./view_files.ts";
import type { Condition, StoredView, WriteResult } from "./view_store.ts";

/** One generation of views: a folder with a file for each. */
export class Generation {
  readonly name: string;
  readonly #files: ViewFiles;
  readonly #journaled: Journaled;
  readonly #turns = new Turns();
  #dropped = false;

  /** `report` is told what went wrong where nobody's call failed by it. */
  constructor(root: string, name: string, report: (error: unknown) => void) {
    this.name = name;
    this.#files = new ViewFiles(join(root, name));
    this.#journaled = new Journaled(this.#files, report);
  }

  get dropped(): boolean {
    return this.#dropped;
  }

  /** Makes the folder, empty. */
  async begin(): Promise<void> {
    await this.#trying("begun", () => this.#files.begin());
  }

  /** Clears what a crash has left over, and finishes what it has left half way. */
  async recover(): Promise<void> {
    await this.#trying("opened", async () => {
      await this.#files.recover();
      await this.#journaled.recover();
    });
  }

  async read(key: string): Promise<StoredView | undefined> {
    return this.#trying(`read, ${key}`, () => this.#journaled.read(fileOfKey(key)));
  }

  async write(key: string, bytes: Uint8Array, condition: Condition): Promise<WriteResult> {
    const file = fileOfKey(key);
    return this.#turns.take(file, () =>
      this.#trying(`written, ${key}`, async () => {
        const expected = "ifMatch" in condition ? condition.ifMatch : undefined;
        if ((await this.#journaled.etag(file)) !== expected) return { kind: "changed" };
        const etag = etagOf(bytes);
        await this.#journaled.write(file, bytes, etag);
        return { kind: "written", etag };
      }),
    );
  }

  async keys(): Promise<readonly string[]> {
    const files = await this.#trying("listed", () => this.#journaled.all());
    return files
      .map(keyOfFile)
      .filter((key) => key !== undefined)
      .sort();
  }

  /** Nothing may be being written, and nothing is after it. */
  async close(): Promise<void> {
    await this.#journaled.close();
  }

  /** Nobody is to read it any more; what cannot be removed now is when the views are opened again. */
  async drop(): Promise<void> {
    this.#dropped = true;
    await this.#journaled.forget();
    await this.#files.remove().catch(() => undefined);
  }

  #trying<T>(what: string, task: () => Promise<T>): Promise<T> {
    return available(`The views of ${this.name} cannot be ${what}`, task);
  }
}
