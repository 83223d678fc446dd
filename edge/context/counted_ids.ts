import type { Ids } from "./ids.ts";

/** Ids for tests: the same ones in every run, in order. */
export class CountedIds implements Ids {
  #count = 0;

  request(): string {
    this.#count += 1;
    return `00000000-0000-7000-8000-${String(this.#count).padStart(12, "0")}`;
  }
}
