import { setTimeout } from "node:timers/promises";
import type { Clock } from "./clock.ts";

/** The longest that one of Node's timers waits: a longer one would fire at once. */
const longest = 2 ** 31 - 1;

/** The machine's own clock. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    for (let left = Math.max(ms, 0); ; left -= longest) {
      await waited(Math.min(left, longest), signal);
      if (left <= longest) return;
    }
  }
}

async function waited(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal && { signal });
  } catch (error) {
    // Node rejects with an error of its own that holds the reason; the port promises the reason itself.
    signal?.throwIfAborted();
    throw error;
  }
}
