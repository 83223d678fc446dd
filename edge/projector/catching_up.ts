import { setImmediate } from "node:timers/promises";
import { CrowbarError } from "@crowbar/domain";
import type { Domain } from "../domain.ts";
import type { EventMessage } from "../relay/queue.ts";
import { type ReadEntry, readLog } from "../relay/read_log.ts";
import { Router } from "../relay/router.ts";
import { Trail } from "../relay/trail.ts";
import { type EventStore, StoreDamaged } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import { ViewUpdater } from "./view_updater.ts";

/** Events that are projected at once. */
const batch = 1_000;

/** Brings views that nobody else writes up to the log, from a place in it on. */
export class CatchingUp {
  readonly #store: EventStore;
  readonly #router: Router;
  readonly #trail: Trail;
  readonly #updater: ViewUpdater;
  #position: number;

  constructor(domain: Domain, store: EventStore, views: ViewStore, position: number) {
    this.#store = store;
    this.#router = new Router(domain, store);
    this.#trail = new Trail(domain, store, this.#router);
    this.#updater = new ViewUpdater(domain, store, views);
    this.#position = position;
  }

  /** Everything up to this place in the log is in the views, save of streams that have stopped. */
  get position(): number {
    return this.#position;
  }

  /** Projects the next events; answers how many there were. Throws what the store and the views throw. */
  async next(): Promise<number> {
    const entries = await readLog(this.#store, this.#position, batch);
    const messages = new Map<string, EventMessage[]>();
    for (const entry of entries) {
      for (const message of await this.#messagesOf(entry)) {
        const others = messages.get(message.group);
        if (others === undefined) messages.set(message.group, [message]);
        else others.push(message);
      }
    }
    for (const [key, ofKey] of messages) await this.#updater.update(key, ofKey);
    this.#position = entries.at(-1)?.position ?? this.#position;
    await setImmediate(); // commands have their turn
    return entries.length;
  }

  close(): void {
    this.#router.close();
    this.#updater.close();
  }

  async #messagesOf(entry: ReadEntry): Promise<readonly EventMessage[]> {
    if (entry.damage !== undefined) return [];
    const { stream, version, position, bytes } = entry;
    try {
      const touches = await this.#trail.touches({ stream, version, bytes });
      return touches.map(({ key, after }) => ({ group: key, stream, version, after, position, event: bytes }));
    } catch (error) {
      // Whoever projects when these are the current views parks it.
      if (error instanceof CrowbarError || error instanceof StoreDamaged) return [];
      throw error;
    }
  }
}
