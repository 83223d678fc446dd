import type { Clock } from "../context/clock.ts";

/** Wakes one who waits. A ring that nobody has heard is heard by the next who listens. */
export class Bell {
  #rung = false;
  #hear: (() => void) | undefined;
  /** Goes on over several waits: most end with a ring, and each would begin and end a timer of its own. */
  #alarm: Promise<void> | undefined;

  ring(): void {
    this.#rung = true;
    this.#hear?.();
  }

  /** Resolves when it was rung since it was last heard, when at most `ms` have passed, or when the signal is aborted. */
  async heard(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#hear = resolve;
      this.#alarm ??= this.#sleep(clock, ms, signal);
      await promise;
      this.#hear = undefined;
    }
    this.#rung = false;
  }

  async #sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    await clock.sleep(ms, signal).catch(() => undefined); // aborted: whoever waits wakes too
    this.#alarm = undefined;
    this.#hear?.();
  }
}
