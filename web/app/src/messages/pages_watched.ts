import type { ViewNow, Watched } from "@crowbar/client";
import type { MessagesRow } from "../start/rows.ts";

export type PageNow = ViewNow<readonly MessagesRow[]>;
/** Page → what is known of it. */
export type PagesNow = ReadonlyMap<number, PageNow>;

/** So many pages stay watched when they are out of sight: scrolling back shows them at once. */
const mostPages = 8;

/** The pages of a channel that are in sight, and those that were a moment ago. */
export class PagesWatched implements Watched<PagesNow> {
  readonly #view: (page: number) => Watched<PageNow>;
  readonly #stops = new Map<number, () => void>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly number[] = [];
  #now: PagesNow = new Map();

  constructor(view: (page: number) => Watched<PageNow>) {
    this.#view = view;
  }

  get = (): PagesNow => this.#now;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#follow();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#leave([...this.#stops.keys()]);
    };
  };

  /** The pages that are to be seen now. */
  want(pages: readonly number[]): void {
    this.#wanted = pages;
    if (this.#listeners.size > 0) this.#follow();
  }

  holds(page: number): boolean {
    return this.#stops.has(page);
  }

  #follow(): void {
    let changed = false;
    for (const page of this.#wanted) {
      const stop = this.#stops.get(page);
      // Anew at the end: the order of the map says which was wanted last.
      this.#stops.delete(page);
      changed ||= stop === undefined;
      this.#stops.set(page, stop ?? this.#view(page).subscribe(this.#tell));
    }
    const old = [...this.#stops.keys()].filter((page) => !this.#wanted.includes(page));
    this.#leave(old.slice(0, Math.max(0, this.#stops.size - mostPages)));
    if (changed) this.#tell();
  }

  #leave(pages: readonly number[]): void {
    for (const page of pages) {
      this.#stops.get(page)?.();
      this.#stops.delete(page);
    }
  }

  #tell = (): void => {
    const next = new Map([...this.#stops.keys()].map((page) => [page, this.#view(page).get()]));
    if (next.size === this.#now.size && [...next].every(([page, now]) => this.#now.get(page) === now)) return;
    this.#now = next;
    for (const listener of this.#listeners) listener();
  };
}
