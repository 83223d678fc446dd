import type { Position, Push, Pushed } from "./push.ts";
import { Remembered } from "./remembered.ts";

interface Listener {
  wake: (() => void) | undefined;
}

export interface HubOptions {
  /** Names this hub among all that there ever are (an id of `Ids`): ids of another one are not taken for its own. */
  readonly epoch: string;
  /** Of how many views the newest position is remembered. */
  readonly remembered?: number;
}

/**
 * Push within the process. Listeners hold no queue, only how far they have come: a slow one costs nothing, hears of each view
 * once when it gets to it, and that it missed something when that is forgotten. Deterministic: its own twin in tests.
 */
export class Hub implements Push {
  readonly #epoch: string;
  readonly #remembered: Remembered;
  readonly #listeners = new Set<Listener>();

  constructor({ epoch, remembered = 10_000 }: HubOptions) {
    this.#epoch = epoch;
    this.#remembered = new Remembered(remembered);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  get lastId(): string {
    return this.#idOf(this.#remembered.last);
  }

  publish(position: Position): void {
    this.#remembered.add(position);
    for (const listener of this.#listeners) listener.wake?.();
  }

  subscribe(afterId: string | undefined, signal: AbortSignal): AsyncIterableIterator<Pushed> {
    const listener: Listener = { wake: undefined };
    const after = afterId === undefined ? this.#remembered.last : this.#numberOf(afterId);
    if (!signal.aborted) this.#listeners.add(listener);
    const leave = () => {
      this.#listeners.delete(listener);
      listener.wake?.();
    };
    signal.addEventListener("abort", leave, { once: true });
    const pushed = this.#listen(listener, after);
    const end = async (): Promise<IteratorResult<Pushed>> => {
      signal.removeEventListener("abort", leave);
      leave();
      return { done: true, value: undefined };
    };
    return { next: () => pushed.next(), return: end, [Symbol.asyncIterator]: iteratorItself };
  }

  /** What comes after a number, until the listener has left; all of it where the number is undefined. */
  async *#listen(listener: Listener, after: number | undefined): AsyncGenerator<Pushed, undefined> {
    let reached = after ?? -1;
    while (this.#listeners.has(listener)) {
      const next = this.#remembered.after(reached);
      if (reached < this.#remembered.forgotten) {
        reached = this.#remembered.last;
        yield { id: this.lastId, missed: true };
      } else if (next !== undefined) {
        reached = next.number;
        yield { id: this.#idOf(reached), position: next.position };
      } else {
        await new Promise<void>((resolve) => {
          listener.wake = resolve;
        });
        listener.wake = undefined;
      }
    }
    return undefined;
  }

  #idOf(number: number): string {
    return `${this.#epoch}.${number}`;
  }

  /** The number in an id; undefined where it is none of this hub's. */
  #numberOf(id: string): number | undefined {
    const number = Number(id.slice(this.#epoch.length + 1));
    return number <= this.#remembered.last && id === this.#idOf(number) ? number : undefined;
  }
}

function iteratorItself<T>(this: T): T {
  return this;
}
