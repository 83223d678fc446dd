import { setImmediate } from "node:timers/promises";
import type { Clock } from "./clock.ts";

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock for tests: it stands still until it is told to go on. */
export class FixedClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  /** Stands at `start`, in ms since 1970. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** How many sleep now: what a test waits for before it lets time pass. */
  get sleepers(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted) {
      reject(signal.reason);
      return promise;
    }
    const awake = () => {
      this.#sleepers.delete(sleeper);
      signal?.removeEventListener("abort", aborted);
    };
    const aborted = () => {
      awake();
      reject(signal?.reason);
    };
    const wake = () => {
      awake();
      resolve();
    };
    const sleeper: Sleeper = { due: this.#now + Math.max(ms, 0), wake };
    this.#sleepers.add(sleeper);
    signal?.addEventListener("abort", aborted, { once: true });
    return promise;
  }

  /**
   * Lets `ms` pass: wakes each sleeper at its moment, in order, and those who fall asleep meanwhile too. Resolves when
   * whoever was woken has had a turn.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await setImmediate();
    }
    this.#now = Math.max(this.#now, until);
    await setImmediate();
  }

  /** Who is to wake first, up to that moment; of those who wake together, who fell asleep first. */
  #next(until: number): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (sleeper.due <= until && (first === undefined || sleeper.due < first.due)) first = sleeper;
    }
    return first;
  }
}
