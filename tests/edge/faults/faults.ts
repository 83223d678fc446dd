// Makes calls on files fail under the real program: see faulty.c.
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readSync, writeFileSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

/** Kinds of calls, as faulty.c counts them. */
const kinds = { write: 1, sync: 2, truncate: 4, rename: 8, open: 16, unlink: 32 } as const;
type Kind = keyof typeof kinds;

/** Which call fails, and how. */
export interface Fault {
  readonly calls: readonly Kind[];
  /** 1: the next one. */
  readonly nth: number;
  readonly error: "ENOSPC" | "EIO" | "EMFILE";
  /** Every call after it fails as well. */
  readonly persists?: boolean;
  /** It writes half of its bytes, and says so. */
  readonly halves?: boolean;
}

/** Where a process under faults works. */
export interface Places {
  /** Calls on files below it may fail. */
  readonly folder: string;
  /** What a loss of power would leave of it. */
  readonly durable: string;
  readonly control: string;
}

const integers = 7;

/** Builds the library below `root`; answers how a process has to be started so that it is in force, and its places. */
export function underFaults(root: string): { readonly env: NodeJS.ProcessEnv; readonly places: Places } {
  const library = join(root, "faulty.so");
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, join(import.meta.dirname, "faulty.c")]);
  const places = { folder: join(root, "files"), durable: join(root, "durable"), control: join(root, "control") };
  mkdirSync(places.folder);
  mkdirSync(places.durable);
  writeFileSync(places.control, new Int32Array(integers));
  const { folder, durable, control } = places;
  const env = { LD_PRELOAD: library, FAULTY_FOLDER: folder, FAULTY_DURABLE: durable, FAULTY_CONTROL: control };
  return { env: { ...process.env, ...env }, places };
}

/** Inside that process: says what fails. */
export class Faults {
  readonly #control: number;

  constructor({ control }: Pick<Places, "control">) {
    this.#control = openSync(control, "r+");
  }

  arm({ calls, nth, error, persists = false, halves = false }: Fault): void {
    const mask = calls.reduce((sum, kind) => sum | kinds[kind], 0);
    this.#write([mask, nth, constants.errno[error], Number(persists), Number(halves), 0, 0]);
  }

  /** Nothing fails any more. Answers how many calls were counted, and how many failed. */
  disarm(): { readonly seen: number; readonly failed: number } {
    const [, , , , , seen = 0, failed = 0] = this.#read();
    this.#write([]);
    return { seen, failed };
  }

  /** Nothing fails, and nothing is counted, while `work` is done. */
  async without(work: () => Promise<void>): Promise<void> {
    const [calls = 0, ...others] = this.#read();
    this.#write([0, ...others]);
    await work();
    this.#write([calls, ...others]);
  }

  close(): void {
    closeSync(this.#control);
  }

  #read(): readonly number[] {
    const values = new Int32Array(integers);
    readSync(this.#control, values, 0, values.byteLength, 0);
    return [...values];
  }

  #write(values: readonly number[]): void {
    const all = new Int32Array(integers);
    all.set(values);
    writeSync(this.#control, all, 0, all.byteLength, 0);
  }
}
