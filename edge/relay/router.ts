import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import { LRUCache } from "lru-cache";
import type { Aggregate, Domain } from "../domain.ts";
import type { EventStore, LogEntry } from "../store/event_store.ts";

/** Streams that stay folded, and how many events all of them may hold: some 80 bytes each in the module. */
const streams = 2_000;
const events = 2_000_000;
/** Events that are read at once. */
const page = 2_000;

/** Says which views an event touches, exactly: streams stay folded as far as they were asked about. */
export class Router {
  readonly #domain: Domain;
  readonly #store: EventStore;
  readonly #folded: LRUCache<string, Aggregate>;

  constructor(domain: Domain, store: EventStore) {
    this.#domain = domain;
    this.#store = store;
    this.#folded = new LRUCache({
      max: streams,
      maxSize: events,
      sizeCalculation: ({ version }) => Math.min(version + 1, events),
      // What is taken is in use; only what falls out, or is replaced, is closed.
      dispose: (aggregate, _, reason) => {
        if (reason !== "delete") aggregate.close();
      },
    });
  }

  /**
   * The keys of the views that a committed event touches. One call at a time.
   *
   * @throws CrowbarError where the event, or one before it, cannot be read or folded; CoreUnavailable where the module
   *   stops on it, twice; what the store throws.
   */
  async keysOf(entry: Omit<LogEntry, "position">): Promise<readonly string[]> {
    try {
      return await this.#keysOf(entry);
    } catch (error) {
      if (!(error instanceof CoreUnavailable)) throw error;
      // The instance is another one now, and what was folded in the one before is gone.
      this.close();
      return await this.#keysOf(entry);
    }
  }

  close(): void {
    for (const aggregate of this.#folded.values()) aggregate.close();
    this.#folded.clear();
  }

  async #keysOf({ stream, version, bytes }: Omit<LogEntry, "position">): Promise<readonly string[]> {
    const aggregate = this.#take(stream) ?? (await this.#open(stream));
    try {
      while (aggregate.version < version - 1) await this.#foldUpTo(aggregate, version - 1);
      if (aggregate.version === version - 1) aggregate.fold(bytes);
      return aggregate.viewKeysOf(bytes);
    } finally {
      this.#folded.set(stream, aggregate);
    }
  }

  #take(stream: string): Aggregate | undefined {
    const aggregate = this.#folded.get(stream);
    this.#folded.delete(stream);
    return aggregate;
  }

  async #open(stream: string): Promise<Aggregate> {
    const snapshot = await this.#store.snapshot(stream, this.#domain.hash);
    try {
      if (snapshot !== undefined) return this.#domain.restore(snapshot.bytes);
    } catch (error) {
      // Without the snapshot the way is longer: the log is the truth.
      if (!(error instanceof CrowbarError) || error instanceof CoreUnavailable) throw error;
    }
    return this.#domain.open(stream.split("-", 1)[0] ?? "", stream);
  }

  async #foldUpTo(aggregate: Aggregate, version: number): Promise<void> {
    const { stream, version: at } = aggregate;
    const read = await this.#store.read(stream, at, Math.min(page, version - at));
    aggregate.fold(read.events);
    if (aggregate.version === at) throw new Error(`${stream} has no event ${at + 1}, and there is one of ${version}.`);
  }
}
