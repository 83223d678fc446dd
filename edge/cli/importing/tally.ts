import type { JsonObject, Progress } from "../operation.ts";

/** A part of the input that was left out: what, where, and why in the words of whoever refused it. */
export interface LeftOut {
  /** The file, or the entry of an archive. */
  readonly file: string;
  /** The line in it, or the message's place; from 1. */
  readonly line?: number;
  /** What could not be done with it: a command's type. Absent where it did not come to a command. */
  readonly command?: string;
  readonly code: string;
  readonly message: string;
  /** What stands there. */
  readonly text?: string;
}

/** Of which part of the input a command is, and how that part is counted where the command is what it is about. */
export interface Part {
  /** How many parts came before it. */
  readonly order: number;
  readonly counted?: string;
}

/** So many parts back, every command is answered: more than are on their way at once. */
const behind = 1_024;

/** Counts what an import uses and leaves out. */
export class Tally {
  readonly #used = new Map<string, number>();
  readonly #leftOut = new Map<string, number>();
  readonly #ignored = new Map<string, number>();
  #waiting: { readonly order: number; readonly part: LeftOut }[] = [];
  #order = 0;

  /** The next part of the input begins. */
  next(): void {
    this.#order += 1;
  }
  get order(): number {
    return this.#order;
  }

  use(kind: string, count = 1): void {
    this.#used.set(kind, (this.#used.get(kind) ?? 0) + count);
  }

  /** `of` where it was counted already. */
  leaveOut(part: LeftOut, of: Part = { order: this.#order }): void {
    if (of.counted !== undefined) this.use(of.counted, -1);
    this.#leftOut.set(part.code, (this.#leftOut.get(part.code) ?? 0) + 1);
    this.#waiting.push({ order: of.order, part });
  }

  /** What stands beside what is taken, and is never taken. */
  ignore(kind: string, count: number): void {
    this.#ignored.set(kind, (this.#ignored.get(kind) ?? 0) + count);
  }

  /** What was left out since this was asked last, in order of the input, as far as all is known; at last all of it. */
  *news(last = false): Generator<Progress> {
    const known = last ? Number.POSITIVE_INFINITY : this.#order - behind;
    const sorted = this.#waiting.sort((a, b) => a.order - b.order);
    this.#waiting = sorted.filter(({ order }) => order > known);
    for (const { order, part } of sorted) {
      if (order <= known) yield { kind: "item", item: { leftOut: { ...part } } };
    }
  }

  /** By kind, and by code. */
  get result(): { readonly used: JsonObject; readonly leftOut: JsonObject; readonly ignored: JsonObject } {
    const used = [...this.#used].filter(([, count]) => count > 0);
    const leftOut = [...this.#leftOut].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      used: Object.fromEntries(used),
      leftOut: Object.fromEntries(leftOut),
      ignored: Object.fromEntries(this.#ignored),
    };
  }
}
