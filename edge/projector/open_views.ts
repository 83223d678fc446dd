import { LRUCache } from "lru-cache";
import type { Domain } from "../domain.ts";
import type { ViewStore } from "../views/view_store.ts";
import { OpenView } from "./open_view.ts";

/** Views that stay open, and the bytes of all of them; in the module a view takes a few times as much. */
const most = 1_000;
const bytes = 64 * 2 ** 20;

/**
 * Views that stay open when nobody uses them, so that one that is written again and again is not read and parsed each
 * time. That somebody else has written it shows when it is stored.
 */
export class OpenViews {
  readonly #domain: Domain;
  readonly #views: ViewStore;
  readonly #idle: LRUCache<string, OpenView>;

  constructor(domain: Domain, views: ViewStore) {
    this.#domain = domain;
    this.#views = views;
    this.#idle = new LRUCache({
      max: most,
      maxSize: bytes,
      sizeCalculation: ({ size }) => Math.min(size, bytes),
      // What is taken is in use; only what falls out, or is replaced, is closed.
      dispose: (view, _, reason) => {
        if (reason !== "delete") view.close();
      },
    });
  }

  /** The view of a key, for the caller alone, who gives it back or closes it. Throws what `OpenView.of` and the views throw. */
  async take(key: string): Promise<OpenView> {
    const idle = this.#idle.get(key);
    if (idle === undefined) return OpenView.of(this.#domain, key, await this.#views.read(key));
    this.#idle.delete(key);
    return idle;
  }

  giveBack(view: OpenView): void {
    this.#idle.set(view.key, view);
  }

  close(): void {
    for (const view of this.#idle.values()) view.close();
    this.#idle.clear();
  }
}
