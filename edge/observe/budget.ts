import type { Clock } from "../context/clock.ts";

/**
 * Says which traces are recorded: all, as long as there are few, and so many a second when there are more. So whoever tries
 * one command sees its trace, and a thousand a second cost no more than a few.
 */
export class Budget {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #left: number;
  #filledAt: number;

  /** 0 records none, Infinity all. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#left = perSecond;
    this.#filledAt = clock.now();
  }

  take(): boolean {
    if (this.#left < 1) {
      const now = this.#clock.now();
      const gone = Math.max(0, now - this.#filledAt) / 1000;
      this.#filledAt = now;
      this.#left = Math.min(this.#perSecond, this.#left + gone * this.#perSecond);
      if (this.#left < 1) return false;
    }
    this.#left -= 1;
    return true;
  }
}
