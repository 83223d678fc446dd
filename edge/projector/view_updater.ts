import { CoreUnavailable } from "@crowbar/domain";
import type { Domain } from "../domain.ts";
import type { Position } from "../push/push.ts";
import type { Message } from "../relay/queue.ts";
import type { EventStore } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import { type Flaw, Hearing } from "./hearing.ts";
import type { OpenView } from "./open_view.ts";
import { OpenViews } from "./open_views.ts";
import { Traps } from "./traps.ts";

/** How often a view is loaded and done again because somebody else has stored it, or the module has stopped. */
const rounds = 8;

/** What came of an update. */
export interface Updated {
  /** The streams that have stopped; everything before is stored. */
  readonly flaws: readonly Flaw[];
  /** What is new, and its bytes; absent where the view has heard everything before. */
  readonly position?: Position;
  readonly bytes?: number;
}

/** Brings views up to date: loads, projects, and stores them on the condition that nobody else has. */
export class ViewUpdater {
  readonly #store: EventStore;
  readonly #views: ViewStore;
  readonly #open: OpenViews;
  readonly #traps = new Traps();

  constructor(domain: Domain, store: EventStore, views: ViewStore) {
    this.#store = store;
    this.#views = views;
    this.#open = new OpenViews(domain, views);
  }

  /**
   * Projects messages to the view that they are for, in one write.
   *
   * @throws ViewUnreadable, ViewsUnavailable, StoreUnavailable; Error where others were faster too often. The view is as it
   *   was then, or has all of it: what is projected again passes by.
   */
  async update(key: string, messages: readonly Message[]): Promise<Updated> {
    let singly = false;
    for (let round = 1; ; round += 1) {
      try {
        const updated = await this.#try(key, messages, singly);
        if (updated !== undefined) return updated;
        if (round === rounds) throw new Error(`View ${key} was stored by others ${rounds} times meanwhile.`);
      } catch (error) {
        if (!(error instanceof CoreUnavailable) || round === rounds) throw error;
        // What was open went with the instance.
        this.close();
        singly = true;
      }
    }
  }

  close(): void {
    this.#open.close();
  }

  /** Undefined where somebody else has stored the view meanwhile. */
  async #try(key: string, messages: readonly Message[], singly: boolean): Promise<Updated | undefined> {
    const view = await this.#open.take(key);
    let updated: Updated | undefined;
    try {
      const flaws = await new Hearing(view, this.#store, singly ? this.#traps : undefined).hear(messages);
      updated = await this.#storeView(view, flaws);
    } finally {
      // Of a view that could not be stored nobody knows what is stored.
      if (updated === undefined) view.close();
      else this.#open.giveBack(view);
    }
    return updated;
  }

  async #storeView(view: OpenView, flaws: readonly Flaw[]): Promise<Updated | undefined> {
    const bytes = view.unstored();
    if (bytes === undefined) return { flaws };
    const result = await this.#views.write(view.key, bytes, view.condition);
    if (result.kind === "changed") return undefined;
    return { flaws, position: view.stored(result.etag, bytes.length), bytes: bytes.length };
  }
}
