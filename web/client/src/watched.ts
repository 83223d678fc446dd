import type { Watched } from "./types.ts";

/** Something that changes, from the inside. */
export class Source<T> implements Watched<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  readonly #onWatched: (watched: boolean) => void;

  /** `onWatched` hears when the first listener comes, and when the last one has gone. */
  constructor(value: T, onWatched: (watched: boolean) => void = () => {}) {
    this.#value = value;
    this.#onWatched = onWatched;
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = () => listener();
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#onWatched(true);
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#onWatched(false);
    };
  };

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }
}
