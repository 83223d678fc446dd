import type { Clock } from "../context/clock.ts";
import type { Group } from "./group.ts";

/** Says which group is delivered next: those that nobody holds, in the order in which they became free. */
export class Schedule {
  readonly #clock: Clock;
  readonly #ready = new Set<Group>();
  /** Held, or released with a delay. */
  readonly #later = new Set<Group>();
  readonly #waiters = new Set<() => void>();
  #alarm: { readonly at: number; readonly stop: AbortController } | undefined;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next group that is ready, which is then no longer; undefined when the signal is aborted, or it is closed. */
  async next(signal: AbortSignal): Promise<Group | undefined> {
    while (!signal.aborted && !this.#closed) {
      this.#wakeDue();
      const [group] = this.#ready;
      if (group !== undefined) {
        this.#ready.delete(group);
        return group;
      }
      await this.#change(signal);
    }
    // Whoever woke this one meant somebody who takes.
    if (this.#ready.size > 0) this.#wakeOne();
    return undefined;
  }

  /** Puts a group where it belongs, after something about it has changed. */
  place(group: Group): void {
    const later = group.notBefore > this.#clock.now();
    if (group.waiting.length === 0 || later) this.#ready.delete(group);
    if (group.waiting.length === 0 || !later) this.#later.delete(group);
    if (group.waiting.length > 0 && later) {
      this.#later.add(group);
      this.#setAlarm();
    } else if (group.waiting.length > 0 && !this.#ready.has(group)) {
      this.#ready.add(group);
      this.#wakeOne();
    }
  }

  close(): void {
    this.#closed = true;
    this.#alarm?.stop.abort();
    for (const wake of [...this.#waiters]) wake();
  }

  async #change(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.add(resolve);
    const aborted = () => resolve();
    signal.addEventListener("abort", aborted, { once: true });
    this.#setAlarm();
    await promise;
    signal.removeEventListener("abort", aborted);
    this.#waiters.delete(resolve);
    this.#setAlarm();
  }

  #wakeOne(): void {
    const [wake] = this.#waiters;
    if (wake === undefined) return;
    this.#waiters.delete(wake);
    wake();
  }

  #wakeDue(): void {
    const now = this.#clock.now();
    for (const group of this.#later) if (group.notBefore <= now) this.place(group);
  }

  /** Somebody waits, and nothing may change until a group's time comes: then the clock wakes. */
  #setAlarm(): void {
    const at = this.#closed || this.#waiters.size === 0 ? Number.POSITIVE_INFINITY : this.#earliest();
    if (at === (this.#alarm?.at ?? Number.POSITIVE_INFINITY)) return;
    this.#alarm?.stop.abort();
    this.#alarm = undefined;
    if (at === Number.POSITIVE_INFINITY) return;
    const stop = new AbortController();
    this.#alarm = { at, stop };
    this.#clock.sleep(at - this.#clock.now(), stop.signal).then(
      () => {
        this.#alarm = undefined;
        this.#wakeDue();
        this.#setAlarm();
      },
      (error: unknown) => {
        if (!stop.signal.aborted) throw error;
      },
    );
  }

  #earliest(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { notBefore } of this.#later) if (notBefore < earliest) earliest = notBefore;
    return earliest;
  }
}
