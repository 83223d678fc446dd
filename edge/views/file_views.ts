import { mkdir, readdir, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { asideEnding } from "./aside.ts";
import { available } from "./available.ts";
import { FolderSync } from "./folder_sync.ts";
import { Gate } from "./gate.ts";
import { Generation } from "./generation.ts";
import { readPointer, writePointer } from "./pointer.ts";
import { checkViewKey } from "./view_key.ts";
import { type Condition, type StoredView, type ViewStore, ViewsUnavailable, type WriteResult } from "./view_store.ts";

const generationName = /^generation-(\d{1,9})$/;

/** What all stores over one folder have together. */
interface Shared {
  readonly root: string;
  /** Writes pass it; a switch shuts it. */
  readonly gate: Gate;
  readonly report: (error: unknown) => void;
  current: Generation;
  /** It is not known whether the file that names the current generation names it, and will after a loss of power. */
  unsettled: boolean;
  /** The number of the newest generation: no name comes twice. */
  newest: number;
  closed: boolean;
}

export interface FileViewsOptions {
  /** Is told what went wrong where nobody's call failed by it: views that are in the journal and cannot be put into their files. */
  readonly report?: (error: unknown) => void;
}

/**
 * Views as files: a folder for each generation, and a file that names the current one. A write is durable in a journal at
 * first, with one fsync for all that are made together; within a second the view's file is replaced as a whole (written aside, fsync,
 * rename, fsync of the folder), so that whoever looks, and whenever it crashes, it is the old one or the new one.
 *
 * One process at a time: writes to one view are ordered here, and a view that another process has replaced is noticed only
 * until just before the rename.
 */
export class FileViews implements ViewStore {
  readonly #shared: Shared;
  /** The generation that this store has begun; undefined for the one that was opened, which goes with the current one. */
  readonly #begun: Generation | undefined;

  private constructor(shared: Shared, begun?: Generation) {
    this.#shared = shared;
    this.#begun = begun;
  }

  /**
   * Opens the views in a folder, which is made where there is none, and clears away what a crash has left.
   *
   * @throws ViewsUnavailable where the folder cannot be read and written, or does not say which views are current.
   */
  static async open(
    folder: string,
    { report = (error) => process.emitWarning(error as Error) }: FileViewsOptions = {},
  ): Promise<FileViews> {
    const root = resolve(folder);
    return available(`The views in ${folder} cannot be opened`, async () => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const names = await readdir(root);
      const numbers = names.map((name) => Number(generationName.exec(name)?.[1] ?? 0));
      const current = (await currentGeneration(root, report)) ?? (await firstGeneration(root, names, report));
      for (const name of names) {
        if (name.endsWith(asideEnding)) await unlink(join(root, name));
        else if (generationName.test(name) && name !== current.name) await rm(join(root, name), { recursive: true });
      }
      const newest = Math.max(1, ...numbers);
      return new FileViews({ root, gate: new Gate(), report, current, unsettled: false, newest, closed: false });
    });
  }

  get generation(): string {
    return (this.#begun ?? this.#shared.current).name;
  }

  async read(key: string): Promise<StoredView | undefined> {
    checkViewKey(key);
    return this.#reading((generation) => generation.read(key));
  }

  async write(key: string, bytes: Uint8Array, condition: Condition): Promise<WriteResult> {
    checkViewKey(key);
    const { gate } = this.#shared;
    for (;;) {
      await this.#settled();
      const result = await gate.pass(async () =>
        this.#shared.unsettled ? undefined : this.#generation().write(key, bytes, condition),
      );
      // A switch has failed while this waited for it to end.
      if (result !== undefined) return result;
    }
  }

  async *keys(): AsyncGenerator<string> {
    yield* await this.#reading((generation) => generation.keys());
  }

  async begin(): Promise<ViewStore> {
    this.#generation();
    const { root, report } = this.#shared;
    this.#shared.newest += 1;
    const begun = new Generation(root, `generation-${this.#shared.newest}`, report);
    await begun.begin();
    return new FileViews(this.#shared, begun);
  }

  async switchTo(next: ViewStore): Promise<void> {
    const shared = this.#shared;
    if (!(next instanceof FileViews) || next.#shared !== shared)
      throw new TypeError("These views were begun elsewhere.");
    const generation = next.#generation();
    this.#generation();
    const before = await shared.gate.alone(async () => {
      await this.#name(generation);
      const before = shared.current;
      shared.current = generation;
      return before;
    });
    if (before !== generation) await before.drop();
  }

  async close(): Promise<void> {
    const shared = this.#shared;
    const begun = this.#begun;
    if (shared.closed) return;
    if (begun === undefined) {
      await shared.gate.alone(async () => {
        shared.closed = true;
        await shared.current.close();
      });
      return;
    }
    await this.#settle();
    await shared.gate.alone(async () => {
      if (begun !== shared.current) await begun.drop();
    });
  }

  /** Durably. Until that has succeeded, a crash may open either generation. */
  async #name(generation: Generation): Promise<void> {
    const shared = this.#shared;
    shared.unsettled = true;
    await available(`${generation.name} cannot be made current`, () => writePointer(shared.root, generation.name));
    shared.unsettled = false;
  }

  /** What was removed under a reader's hands is no answer, and no error: the generation that is current then answers. */
  async #reading<T>(question: (generation: Generation) => Promise<T>): Promise<T> {
    for (;;) {
      const generation = await this.#settled();
      try {
        const answer = await question(generation);
        if (!generation.dropped) return answer;
      } catch (error) {
        if (!generation.dropped) throw error;
      }
    }
  }

  /** The generation to work with. */
  async #settled(): Promise<Generation> {
    if (this.#shared.unsettled) await this.#settle();
    return this.#generation();
  }

  /** Makes sure that a switch which has failed half way has not happened. */
  async #settle(): Promise<void> {
    const shared = this.#shared;
    await shared.gate.alone(async () => {
      if (shared.unsettled) await this.#name(shared.current);
    });
  }

  #generation(): Generation {
    if (this.#shared.closed) throw new ViewsUnavailable("The views are closed.");
    const generation = this.#begun ?? this.#shared.current;
    if (generation.dropped) throw new ViewsUnavailable(`The views of ${generation.name} were dropped.`);
    return generation;
  }
}

type Report = FileViewsOptions["report"] & {};

async function currentGeneration(root: string, report: Report): Promise<Generation | undefined> {
  const name = await readPointer(root);
  if (name === undefined) return undefined;
  if (!generationName.test(name))
    throw new ViewsUnavailable(`${root} calls ${JSON.stringify(name.slice(0, 100))} current.`);
  const current = new Generation(root, name, report);
  await current.recover();
  return current;
}

/** Where nothing says which views are current, there must not be any: they would look like none. */
async function firstGeneration(root: string, names: readonly string[], report: Report): Promise<Generation> {
  for (const name of names) if (generationName.test(name)) await rmdir(join(root, name));
  const first = new Generation(root, "generation-1", report);
  await first.begin();
  await new FolderSync().sync(dirname(root));
  await writePointer(root, first.name);
  return first;
}
