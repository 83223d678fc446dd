import type { Position } from "./push.ts";

interface Entry {
  readonly number: number;
  /** Gone once there is a newer one of the same view, or it is forgotten. */
  position: Position | undefined;
}

/** The newest position of each view, in the order in which they came, numbered 1, 2, 3 … */
export class Remembered {
  readonly #most: number;
  /** By number; some are gone. */
  #entries: Entry[] = [];
  /** By view, the oldest first. */
  readonly #newest = new Map<string, Entry>();
  #last = 0;
  #forgotten = 0;

  /** Remembers positions of at most so many views. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The number of the newest position; 0 where none has come. */
  get last(): number {
    return this.#last;
  }

  /** The greatest number of a position that is forgotten, without a newer one of its view being remembered. */
  get forgotten(): number {
    return this.#forgotten;
  }

  add(position: Position): void {
    this.#last += 1;
    const entry = { number: this.#last, position };
    this.#entries.push(entry);
    this.#remove(position.view);
    this.#newest.set(position.view, entry);
    if (this.#newest.size > this.#most) {
      for (const [view, { number }] of this.#newest) {
        this.#forgotten = number;
        this.#remove(view);
        break;
      }
    }
    if (this.#entries.length > 2 * this.#newest.size + 64) {
      this.#entries = this.#entries.filter((each) => each.position !== undefined);
    }
  }

  /** The first position after a number. */
  after(number: number): { readonly number: number; readonly position: Position } | undefined {
    let low = 0;
    for (let high = this.#entries.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.number ?? 0) > number) high = middle;
      else low = middle + 1;
    }
    for (let entry = this.#entries[low]; entry !== undefined; entry = this.#entries[++low]) {
      if (entry.position !== undefined) return { number: entry.number, position: entry.position };
    }
    return undefined;
  }

  #remove(view: string): void {
    const entry = this.#newest.get(view);
    if (entry === undefined) return;
    entry.position = undefined;
    this.#newest.delete(view);
  }
}
