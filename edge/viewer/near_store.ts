import { type EventStore, StoreUnavailable } from "../store/event_store.ts";
import type { Near, NearSnapshot } from "./near.ts";

/** What is near where the store itself is: the snapshots that the commands function leaves there. */
export class NearStore implements Near {
  readonly #store: Pick<EventStore, "snapshot" | "decided">;
  readonly #domain: string;

  /** `domain` is the hash of the module that decides. */
  constructor(store: Pick<EventStore, "snapshot" | "decided">, domain: string) {
    this.#store = store;
    this.#domain = domain;
  }

  async find(stream: string, commandId: string): Promise<NearSnapshot | undefined> {
    try {
      const snapshot = await this.#store.snapshot(stream, this.#domain);
      if (snapshot === undefined) return undefined;
      return (await this.#store.decided(commandId)) === undefined ? snapshot : undefined;
    } catch (error) {
      // Nothing is near then. Whoever appends will hear of it, and say so.
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }
}
