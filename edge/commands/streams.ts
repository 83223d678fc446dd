import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import { LRUCache } from "lru-cache";
import type { Aggregate, Domain } from "../domain.ts";
import { type EventStore, StoreUnavailable } from "../store/event_store.ts";

/** Events that are read at once: some 10 MB at most. */
const page = 20_000;
/** A snapshot is due after so many events … */
const fewest = 1_000;
/** … and once a stream has grown by this part of what its snapshot holds: so all of them together cost O(events). */
const growth = 4;

/** Streams folded in one module: as they were left, or from a snapshot and the events since. */
export class Streams {
  readonly domain: Domain;
  readonly #store: EventStore;
  readonly #idle: LRUCache<string, Aggregate>;
  readonly #snapshots = new LRUCache<string, number>({ max: 100_000 });

  /** At most `open` streams stay folded when nobody uses them. */
  constructor(domain: Domain, store: EventStore, open = 2_000) {
    this.domain = domain;
    this.#store = store;
    this.#idle = new LRUCache({
      max: open,
      // What is taken is in use; only what falls out, or is replaced, is closed.
      dispose: (aggregate, _, reason) => {
        if (reason !== "delete") aggregate.close();
      },
    });
  }

  /**
   * The stream with every committed event folded. Whoever takes it alone uses it, and gives it back or closes it.
   *
   * @throws CrowbarError `unknown_aggregate`, `stream_invalid`, or a fault of what is stored; `StoreUnavailable`,
   *   `StoreDamaged`.
   */
  async take(stream: string): Promise<Aggregate> {
    const idle = this.#idle.get(stream);
    if (idle !== undefined) {
      this.#idle.delete(stream);
      try {
        return await this.#catchUp(idle);
      } catch (error) {
        // It went with an instance of the module that has stopped: another one is there to open it in.
        if (!(error instanceof CoreUnavailable)) throw error;
      }
    }
    return this.#catchUp(await this.#open(stream));
  }

  /** Keeps it for the next one. It must hold what is committed, and nothing else. */
  async giveBack(aggregate: Aggregate): Promise<void> {
    const { stream, version } = aggregate;
    const last = this.#snapshots.get(stream) ?? 0;
    const due = version - last >= Math.max(fewest, last / growth);
    const bytes = due ? aggregate.snapshot() : undefined;
    this.#idle.set(stream, aggregate);
    if (bytes === undefined) return;
    this.#snapshots.set(stream, version);
    try {
      await this.#store.saveSnapshot({ stream, version, domain: this.domain.hash, bytes });
    } catch (error) {
      // Only a shortcut is missing: whatever ails the store is told by the next append.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  close(): void {
    for (const aggregate of this.#idle.values()) aggregate.close();
    this.#idle.clear();
  }

  // The module judges the name before the store is asked for it.
  async #open(stream: string): Promise<Aggregate> {
    const empty = this.domain.open(stream.split("-", 1)[0] ?? "", stream);
    try {
      const snapshot = await this.#store.snapshot(stream, this.domain.hash);
      if (snapshot === undefined) return empty;
      const restored = this.domain.restore(snapshot.bytes);
      this.#snapshots.set(stream, snapshot.version);
      empty.close();
      return restored;
    } catch (error) {
      // A snapshot that cannot be taken up only makes the way longer: the log is the truth.
      if (error instanceof CrowbarError) return empty;
      empty.close();
      throw error;
    }
  }

  async #catchUp(aggregate: Aggregate): Promise<Aggregate> {
    try {
      while (await this.#foldNext(aggregate)) {}
      return aggregate;
    } catch (error) {
      aggregate.close();
      throw error;
    }
  }

  async #foldNext(aggregate: Aggregate): Promise<boolean> {
    const { events, version } = await this.#store.read(aggregate.stream, aggregate.version, page);
    if (events.length === 0) return false;
    aggregate.fold(events);
    if (aggregate.version === version) return true;
    throw new Error(`${aggregate.stream} was read up to ${version} and is folded up to ${aggregate.version}.`);
  }
}
