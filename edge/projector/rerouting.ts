import { CrowbarError } from "@crowbar/domain";
import type { Domain } from "../domain.ts";
import { linesOf } from "../relay/lines.ts";
import { isCatchUp, type Message, type Queue } from "../relay/queue.ts";
import { readStretch } from "../relay/read_stretch.ts";
import { Router } from "../relay/router.ts";
import { type EventStore, StoreDamaged } from "../store/event_store.ts";
import type { Flaw } from "./hearing.ts";

/** Events that are read from the log at once. */
const page = 1_000;

/**
 * Takes what the relay could not route, in the group of its stream's name: tries again, and lets the views that are
 * touched catch up. This works once the cause is mended.
 */
export class Rerouting {
  readonly #store: EventStore;
  readonly #queue: Queue;
  readonly #domain: Domain;

  constructor(domain: Domain, store: EventStore, queue: Queue) {
    this.#domain = domain;
    this.#store = store;
    this.#queue = queue;
  }

  /** Answers why the stream cannot go on, where it cannot. Throws what the store and the queue throw. */
  async reroute(stream: string, messages: readonly Message[]): Promise<Flaw | undefined> {
    const router = new Router(this.#domain, this.#store);
    const touched = new Map<string, number>();
    try {
      const flaw = await this.#touched(router, stream, messages, touched);
      await this.#queue.publish([...touched].map(([group, version]) => ({ group, stream, version })));
      return flaw;
    } finally {
      router.close();
    }
  }

  /** Notes by key from which version on a view is touched. */
  async #touched(
    router: Router,
    stream: string,
    messages: readonly Message[],
    touched: Map<string, number>,
  ): Promise<Flaw | undefined> {
    const versions = messages.map(({ version }) => version);
    // A catch-up is about everything after it, too.
    const upTo = messages.some(isCatchUp) ? Number.POSITIVE_INFINITY : Math.max(...versions);
    let at = Math.min(...versions) - 1;
    try {
      while (at < upTo) {
        const { events, version, damage } = await readStretch(this.#store, stream, at, Math.min(page, upTo - at));
        if (damage !== undefined) throw damage;
        if (version === at) break;
        for (const bytes of linesOf(events)) {
          const keys = await router.keysOf({ stream, version: at + 1, bytes });
          at += 1;
          for (const key of keys) if (!touched.has(key)) touched.set(key, at);
        }
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof CrowbarError || error instanceof StoreDamaged)) throw error;
      return { stream, version: at + 1, reason: error.message };
    }
  }
}
