import { LRUCache } from "lru-cache";
import type { Clock } from "../context/clock.ts";

/** How many commands one person may send: `perSecond` for ever, and `burst` at once after a while of silence. */
export interface Allowance {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** A bucket of tokens for each person; it is forgotten when it must be full again, or when 100,000 others came since. */
export class Rate {
  readonly #clock: Clock;
  readonly #allowance: Allowance;
  readonly #buckets = new LRUCache<string, Bucket>({ max: 100_000 });

  constructor(clock: Clock, allowance: Allowance) {
    this.#clock = clock;
    this.#allowance = allowance;
  }

  get perSecond(): number {
    return this.#allowance.perSecond;
  }

  /** Takes `count` tokens. Where there are too few it takes none and answers the seconds until there are enough. */
  take(actor: string, count: number): number {
    const { perSecond, burst } = this.#allowance;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(actor) ?? { tokens: burst, at: now };
    const grown = (Math.max(now - bucket.at, 0) * perSecond) / 1000;
    bucket.tokens = Math.min(bucket.tokens + grown, burst);
    bucket.at = now;
    this.#buckets.set(actor, bucket);
    const missing = count - bucket.tokens;
    if (missing > 0) return Math.max(1, Math.ceil(missing / perSecond));
    bucket.tokens -= count;
    return 0;
  }
}
