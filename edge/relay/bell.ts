import type { Clock } from "../context/clock.ts";

/** Wakes one who waits. A ring that nobody has heard is heard by the next who listens. */
export class Bell {
  #rung = false;
  #hear: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#hear?.();
  }

  /** Resolves when it was rung since it was last heard, when `ms` have passed, or when the signal is aborted. */
  async heard(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      const awake = new AbortController();
      const wake = () => awake.abort();
      this.#hear = wake;
      signal.addEventListener("abort", wake, { once: true });
      try {
        await clock.sleep(ms, awake.signal);
      } catch (error) {
        if (!awake.signal.aborted) throw error;
      } finally {
        this.#hear = undefined;
        signal.removeEventListener("abort", wake);
      }
    }
    this.#rung = false;
  }
}
