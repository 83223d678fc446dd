import { LRUCache } from "lru-cache";

/** Twice, and it was no accident. */
const enough = 2;

/** Events on which the module has stopped while they were projected by themselves. */
export class Traps {
  readonly #counts = new LRUCache<string, number>({ max: 1_000 });

  add(view: string, stream: string, version: number): void {
    const name = `${view} ${stream} ${version}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Did it stop there twice? It may be tried again when somebody asks for it: that is forgotten with the answer. */
  isKnown(view: string, stream: string, version: number): boolean {
    const name = `${view} ${stream} ${version}`;
    const known = (this.#counts.get(name) ?? 0) >= enough;
    if (known) this.#counts.delete(name);
    return known;
  }
}
