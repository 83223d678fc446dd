import { CrowbarError } from "@crowbar/domain";
import type { Clock } from "../context/clock.ts";
import type { Domain } from "../domain.ts";
import { type EventStore, StoreDamaged } from "../store/event_store.ts";
import { backoff } from "./backoff.ts";
import { Bell } from "./bell.ts";
import type { Observer } from "./observer.ts";
import type { EventMessage, Queue } from "./queue.ts";
import { type ReadEntry, readLog } from "./read_log.ts";
import { Router } from "./router.ts";
import { Trail } from "./trail.ts";

export interface RelayOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly observer?: Observer;
  /** From 0 to 1: spreads what waits after a failure. */
  readonly random?: () => number;
  /** Events that are published at once: 500 where nothing is said. */
  readonly batch?: number;
}

/** The log is looked at so often, in ms, also where nobody said that there is something new. */
const lookMs = 1_000;
/** A queue that forgets has its place saved so often, in ms: what was settled since is published again after a crash. */
const saveMs = 1_000;

/**
 * Publishes the committed log to the queue, an event for each view that it touches, in order. What is saved, and only
 * after publishing, is the place up to which a durable queue has everything (cursor `relay`), or, where the queue forgets,
 * up to which everything is settled (cursor `settled`): there it goes on after a crash. So everything is published at
 * least once.
 *
 * An event that cannot be routed, because it or one before it cannot be read, is published in the group of its stream's
 * name, which no view has: whoever receives it routes it, or parks it.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #queue: Queue;
  readonly #store: EventStore;
  readonly #router: Router;
  readonly #trail: Trail;
  readonly #bell = new Bell();
  readonly #end = new AbortController();
  #position = -1;
  #saved = -1;
  #savedAt = Number.NEGATIVE_INFINITY;
  #idle: (() => void)[] = [];
  readonly #begun = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;

  constructor(options: RelayOptions) {
    const { domain, store, queue } = options;
    this.#options = options;
    this.#queue = queue;
    this.#store = store;
    this.#router = new Router(domain, store);
    this.#trail = new Trail(domain, store, this.#router);
  }

  start(): void {
    this.#running ??= this.#run(this.#store.onCommit(() => this.#bell.ring()));
  }

  /** Everything up to this place in the log has been published; 0 where nothing has been yet. */
  get position(): number {
    return Math.max(this.#position, 0);
  }

  /** Everything up to this place in the log is in the views, or put aside; of a durable queue, is in the queue. */
  get settledAt(): number {
    const unsettled = this.#queue.unsettled?.();
    return unsettled === undefined ? this.position : Math.min(unsettled - 1, this.position);
  }

  /** Resolves when it knows from where it goes on, or is closed: from then on `position` is what it says. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** Resolves when everything that is committed by now has been published, or when the relay is closed. */
  async idle(): Promise<void> {
    if (this.#end.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.push(resolve);
    this.#bell.ring();
    await promise;
  }

  /** Ends after what is being published, and saves the place. */
  async close(): Promise<void> {
    this.#end.abort();
    this.#begun.resolve();
    await this.#running;
    this.#router.close();
  }

  async #run(stopListening: () => void): Promise<void> {
    const { clock, observer, random = Math.random, batch = 500 } = this.#options;
    const { signal } = this.#end;
    for (let failures = 0; !signal.aborted; ) {
      try {
        const more = await this.#turn(batch);
        failures = 0;
        if (!more) await this.#bell.heard(clock, lookMs, signal);
      } catch (error) {
        if (signal.aborted) break;
        failures += 1;
        observer?.failed?.("relay", error);
        await clock.sleep(backoff(failures, random), signal).catch(() => undefined);
      }
    }
    stopListening();
    await this.#save(true).catch((error: unknown) => observer?.failed?.("relay", error));
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Publishes what comes next and saves the place; answers whether there was something. */
  async #turn(limit: number): Promise<boolean> {
    const asked = this.#idle.length;
    const more = await this.#publishNext(limit);
    // Who asked before it was looked has the answer; who asked since has to wait for the next look.
    if (!more) for (const resolve of this.#idle.splice(0, asked)) resolve();
    await this.#save(!more);
    return more;
  }

  async #publishNext(limit: number): Promise<boolean> {
    if (this.#position < 0) this.#position = this.#saved = await this.#store.cursor(this.#cursor);
    this.#begun.resolve();
    const entries = await readLog(this.#store, this.#position, limit);
    const messages: EventMessage[] = [];
    for (const entry of entries) messages.push(...(await this.#messagesOf(entry)));
    if (messages.length > 0) await this.#queue.publish(messages, this.#end.signal);
    this.#position = entries.at(-1)?.position ?? this.#position;
    if (entries.length > 0) this.#options.observer?.published?.(entries.length, messages.length, this.#position);
    return entries.length > 0;
  }

  async #messagesOf(entry: ReadEntry): Promise<readonly EventMessage[]> {
    const { stream, version, position } = entry;
    const bytes = entry.damage === undefined ? entry.bytes : new Uint8Array();
    const message = { stream, version, position, event: bytes };
    try {
      if (entry.damage !== undefined) throw entry.damage;
      const touches = await this.#trail.touches({ stream, version, bytes });
      return touches.map(({ key, after }) => ({ ...message, group: key, after }));
    } catch (error) {
      if (!(error instanceof CrowbarError || error instanceof StoreDamaged)) throw error;
      return [{ ...message, group: stream, after: version - 1 }];
    }
  }

  get #cursor(): string {
    return this.#queue.unsettled === undefined ? "relay" : "settled";
  }

  async #save(now: boolean): Promise<void> {
    if (this.#position < 0) return;
    const { clock } = this.#options;
    if (!now && this.#queue.unsettled !== undefined && clock.now() - this.#savedAt < saveMs) return;
    const position = this.settledAt;
    if (position === this.#saved) return;
    await this.#store.saveCursor(this.#cursor, position);
    this.#saved = position;
    this.#savedAt = clock.now();
  }
}
