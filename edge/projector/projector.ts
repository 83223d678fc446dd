import type { Clock } from "../context/clock.ts";
import type { Domain } from "../domain.ts";
import type { Push } from "../push/push.ts";
import { backoff } from "../relay/backoff.ts";
import type { Observer } from "../relay/observer.ts";
import type { Delivery, Queue } from "../relay/queue.ts";
import { type EventStore, StoreUnavailable } from "../store/event_store.ts";
import { Turnstile } from "../turnstile.ts";
import { type ViewStore, ViewsUnavailable } from "../views/view_store.ts";
import type { Flaw } from "./hearing.ts";
import { ViewUnreadable } from "./open_view.ts";
import { Rerouting } from "./rerouting.ts";
import { ViewUpdater } from "./view_updater.ts";

export interface ProjectorOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly queue: Queue;
  readonly push: Push;
  readonly clock: Clock;
  readonly observer?: Observer;
  /** Views that are worked on at once: their writes become durable together. 64 where nothing is said. */
  readonly workers?: number;
  /** From 0 to 1: spreads what waits after a failure. */
  readonly random?: () => number;
  /** Messages of a view that are projected at once, in one write: 500 where nothing is said. */
  readonly batch?: number;
}

/** How long a worker has a view for itself, in ms. Where it takes longer another one begins, and one of them is in vain. */
const visibilityMs = 60_000;
/** Deliveries that are begun in one turn of the event loop: a millisecond or two, mostly. */
const atOnce = 8;
/** A delivery that fails so often for no reason that is known is put aside. */
const attempts = 10;

/**
 * Takes messages from the queue and projects them to the views: one writer for each view at a time, a batch in one
 * conditional write, then the push. An event that cannot be read or projected is parked with its reason, and with it its
 * stream, for that view.
 */
export class Projector {
  readonly #options: ProjectorOptions;
  readonly #queue: Queue;
  readonly #updater: ViewUpdater;
  readonly #rerouting: Rerouting;
  // Writes that became durable together come back together: without it, commands would wait for all that follows.
  readonly #turnstile = new Turnstile(atOnce);
  #work: { readonly stop: AbortController; readonly done: Promise<unknown> } | undefined;
  readonly #waiters = new Set<() => void>();

  constructor(options: ProjectorOptions) {
    const { domain, store, views, queue } = options;
    this.#options = options;
    this.#queue = queue;
    this.#updater = new ViewUpdater(domain, store, views);
    this.#rerouting = new Rerouting(domain, store, queue);
  }

  start(): void {
    if (this.#work !== undefined) return;
    const stop = new AbortController();
    const workers = Array.from({ length: this.#options.workers ?? 64 }, () => this.#run(stop.signal));
    this.#work = { stop, done: Promise.all(workers) };
  }

  /** Resolves when nothing is being projected, until `start`. What is in the queue stays there. */
  async pause(): Promise<void> {
    const work = this.#work;
    this.#work = undefined;
    work?.stop.abort();
    await work?.done;
    // Views may be others when it goes on.
    this.#updater.close();
  }

  /** Resolves after the next delivery has been answered, or a pause. */
  async progress(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.add(resolve);
    await promise;
  }

  async close(): Promise<void> {
    await this.pause();
    this.#tell();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, observer, random = Math.random, batch = 500 } = this.#options;
    for (let failures = 0; !signal.aborted; ) {
      try {
        const delivery = await this.#queue.receive({ max: batch, visibilityMs, signal });
        failures = 0;
        if (delivery === undefined) return;
        await this.#turnstile.pass();
        await this.#take(delivery);
      } catch (error) {
        // The queue itself: what it does not take back comes again by itself.
        failures += 1;
        observer?.failed?.("projector", error);
        await clock.sleep(backoff(failures, random), signal).catch(() => undefined);
      }
      this.#tell();
    }
  }

  async #take(delivery: Delivery): Promise<void> {
    const flaws = await this.#project(delivery);
    if (flaws === undefined) return;
    const [flaw] = flaws;
    if (flaw === undefined) return this.#queue.acknowledge(delivery);
    // One at a time: the others come again, and what is projected of them by then passes by.
    const { stream, version, reason } = flaw;
    await this.#queue.park(delivery, stream, version, reason);
    this.#options.observer?.parked?.({ group: delivery.group, stream, version, reason });
  }

  /** Answers which streams have stopped; undefined where it did not work now, and the delivery was given back. */
  async #project(delivery: Delivery): Promise<readonly Flaw[] | undefined> {
    const { observer, random = Math.random } = this.#options;
    try {
      const [first] = delivery.messages;
      // No view has the name of a stream: this is what the relay could not route.
      if (first?.stream !== delivery.group) return await this.#update(delivery);
      const flaw = await this.#rerouting.reroute(delivery.group, delivery.messages);
      return flaw === undefined ? [] : [flaw];
    } catch (error) {
      observer?.failed?.("projector", error);
      const flaw = flawOf(delivery, error);
      if (flaw !== undefined) return [flaw];
      await this.#queue.release(delivery, backoff(delivery.attempt, random));
      return undefined;
    }
  }

  async #update({ group, messages }: Delivery): Promise<readonly Flaw[]> {
    const { push, observer } = this.#options;
    const { flaws, position, bytes } = await this.#updater.update(group, messages);
    if (position === undefined) return flaws;
    observer?.projected?.(group, messages.length, bytes ?? 0);
    try {
      push.publish(position);
    } catch (error) {
      // The view is stored. Who does not hear of it now finds it when they look.
      observer?.failed?.("push", error);
    }
    return flaws;
  }

  #tell(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const resolve of waiters) resolve();
  }
}

/** What waiting does not mend is put aside. Views or a store that cannot answer now are waited for. */
function flawOf({ messages, attempt }: Delivery, error: unknown): Flaw | undefined {
  const [first] = messages;
  if (first === undefined || error instanceof ViewsUnavailable || error instanceof StoreUnavailable) return undefined;
  if (!(error instanceof ViewUnreadable) && attempt < attempts) return undefined;
  const reason = error instanceof Error ? error.message : String(error);
  return { stream: first.stream, version: first.version, reason };
}
