import { LRUCache } from "lru-cache";
import { type EventStore, StoreUnavailable } from "../store/event_store.ts";
import type { Near, NearSnapshot } from "./near.ts";

type Store = Pick<EventStore, "snapshot" | "decided">;

/** A snapshot as it was found, and how often it has been asked for since. */
interface Kept {
  readonly snapshot: NearSnapshot | undefined;
  asked: number;
}

/** A stream has a new snapshot once in a thousand events: so it is looked for once in so many times that one is asked for. */
const lookAgain = 64;
const keptBytes = 32 << 20;

/** What is near where the store itself is: the snapshots that the commands function leaves there. */
export class NearStore implements Near {
  readonly #store: Store;
  readonly #domain: string;
  readonly #kept = new LRUCache<string, Kept>({
    max: 10_000,
    maxSize: keptBytes,
    sizeCalculation: ({ snapshot }) => 1 + (snapshot?.bytes.length ?? 0),
  });

  /** `domain` is the hash of the module that decides. */
  constructor(store: Store, domain: string) {
    this.#store = store;
    this.#domain = domain;
  }

  async find(stream: string, commandId: string, expectedVersion: number): Promise<NearSnapshot | undefined> {
    try {
      const snapshot = await this.#snapshot(stream);
      if (snapshot === undefined || snapshot.version < expectedVersion) return undefined;
      return (await this.#store.decided(commandId)) === undefined ? snapshot : undefined;
    } catch (error) {
      // Nothing is near then. Whoever appends will hear of it, and say so.
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }

  async #snapshot(stream: string): Promise<NearSnapshot | undefined> {
    const kept = this.#kept.get(stream);
    if (kept !== undefined && kept.asked < lookAgain) {
      kept.asked += 1;
      return kept.snapshot;
    }
    const snapshot = await this.#store.snapshot(stream, this.#domain);
    this.#kept.set(stream, { snapshot, asked: 0 });
    return snapshot;
  }
}
