import { setImmediate } from "node:timers/promises";
import type { Domain } from "../domain.ts";
import { OpenView, ViewUnreadable } from "../projector/open_view.ts";
import type { EventStore } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import type { Damage } from "./observer.ts";

export interface PatrolOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly views: ViewStore;
}

/** Views that are looked at in a round. */
const round = 500;

/**
 * Looks at every view of a generation once in the life of a process, some in each round: does it know more than the log, which only an
 * earlier process can have brought about?
 */
export class Patrol {
  readonly #options: PatrolOptions;
  #keys: AsyncIterator<string> | undefined;
  #generation = "";

  constructor(options: PatrolOptions) {
    this.#options = options;
  }

  async next(): Promise<readonly Damage[]> {
    const { views } = this.#options;
    const damages: Damage[] = [];
    if (this.#keys === undefined || views.generation !== this.#generation) {
      this.#keys = views.keys()[Symbol.asyncIterator]();
      this.#generation = views.generation;
    }
    for (let count = 0; count < round; count += 1) {
      const key = await this.#keys.next();
      if (key.done === true) break;
      damages.push(...(await this.#look(key.value)));
      await setImmediate();
    }
    return damages;
  }

  async #look(key: string): Promise<readonly Damage[]> {
    const { domain, store, views } = this.#options;
    const stored = await views.read(key);
    if (stored === undefined) return [];
    const damages: Damage[] = [];
    try {
      const view = OpenView.of(domain, key, stored);
      const heard = [...view.allHeard];
      view.close();
      for (const [stream, at] of heard) {
        const head = await store.head(stream);
        if (at > head) damages.push({ kind: "ahead", view: key, stream, at, head });
      }
    } catch (error) {
      if (!(error instanceof ViewUnreadable)) throw error;
      damages.push({ kind: "unreadable", view: key, reason: error.message });
    }
    return damages;
  }
}
