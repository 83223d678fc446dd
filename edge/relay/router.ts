import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import { LRUCache } from "lru-cache";
import type { Aggregate, Domain } from "../domain.ts";
import type { EventStore, LogEntry } from "../store/event_store.ts";

/** Streams that stay folded, and how many events all of them may hold: some 80 bytes each in the module. */
const streams = 2_000;
const events = 2_000_000;
/** Events that are read at once. */
const page = 2_000;

interface Folded {
  readonly aggregate: Aggregate;
  /** How many events it is counted with. */
  counted: number;
}

/** Says which views an event touches, exactly: streams stay folded as far as they were asked about. */
export class Router {
  readonly #domain: Domain;
  readonly #store: EventStore;
  readonly #folded: LRUCache<string, Folded>;

  constructor(domain: Domain, store: EventStore) {
    this.#domain = domain;
    this.#store = store;
    this.#folded = new LRUCache({
      max: streams,
      maxSize: events,
      sizeCalculation: ({ counted }) => Math.min(counted, events),
      // What is deleted is put back at once; what falls out, or is replaced, is closed.
      dispose: ({ aggregate }, _, reason) => {
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
    for (const { aggregate } of this.#folded.values()) aggregate.close();
    this.#folded.clear();
  }

  async #keysOf({ stream, version, bytes }: Omit<LogEntry, "position">): Promise<readonly string[]> {
    const folded = this.#folded.get(stream) ?? this.#keep(await this.#open(stream));
    const { aggregate } = folded;
    while (aggregate.version < version - 1) await this.#foldUpTo(aggregate, version - 1);
    if (aggregate.version === version - 1) aggregate.fold(bytes);
    // To count it anew costs more than to fold an event: now and then will do.
    if (aggregate.version > 1.25 * folded.counted) this.#countAnew(folded);
    return aggregate.viewKeysOf(bytes);
  }

  #keep(aggregate: Aggregate): Folded {
    const folded = { aggregate, counted: aggregate.version + 100 };
    this.#folded.set(aggregate.stream, folded);
    return folded;
  }

  #countAnew(folded: Folded): void {
    const { stream, version } = folded.aggregate;
    this.#folded.delete(stream);
    folded.counted = version;
    this.#folded.set(stream, folded);
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
