/** What the waits between tries are made of. */
export interface Retry {
  readonly firstMs: number;
  readonly mostMs: number;
}

export interface Rest {
  /** The server's own word (Retry-After), in ms: nothing shortens it. */
  readonly patience?: number;
  /** It waits no longer than that, and does not hear that others have reached the server. */
  readonly mostMs?: number | undefined;
}

/**
 * When to try again: capped exponential backoff with full jitter. Each asker counts its own failures; whoever reaches the
 * server after it was gone wakes all others, so that a server that comes back is found once.
 */
export class Pace {
  readonly #retry: Retry;
  readonly #resting = new Map<() => void, { readonly until: number; readonly deaf: boolean }>();
  #down = false;

  constructor(retry: Retry) {
    this.#retry = retry;
  }

  tries(): Tries {
    return new Tries(this.#retry, (until, deaf, signal) => this.#sleep(until, deaf, signal));
  }

  /** When the earliest of those that wait tries again. */
  get retryAt(): number | undefined {
    const all = [...this.#resting.values()].map(({ until }) => until);
    return all.length === 0 ? undefined : Math.min(...all);
  }

  unreachable(): void {
    this.#down = true;
  }

  reached(): void {
    if (!this.#down) return;
    this.#down = false;
    for (const [wake, { deaf }] of [...this.#resting]) if (!deaf) wake();
  }

  /** Try now: the device is online again, or somebody is looking. */
  wake(): void {
    for (const wake of [...this.#resting.keys()]) wake();
  }

  async #sleep(until: number, deaf: boolean, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => wake(), Math.max(0, until - Date.now()));
      const wake = () => {
        clearTimeout(timer);
        this.#resting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#resting.set(wake, { until, deaf });
      signal.addEventListener("abort", wake);
    });
  }
}

/** The tries of one asker. */
export class Tries {
  readonly #retry: Retry;
  readonly #sleep: (until: number, deaf: boolean, signal: AbortSignal) => Promise<void>;
  #failures = 0;

  constructor(retry: Retry, sleep: (until: number, deaf: boolean, signal: AbortSignal) => Promise<void>) {
    this.#retry = retry;
    this.#sleep = sleep;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Resolves when to try again; at once where the signal is aborted. */
  async rest(signal: AbortSignal, { patience = 0, mostMs }: Rest = {}): Promise<void> {
    const { firstMs, mostMs: usual } = this.#retry;
    const most = Math.min(mostMs ?? usual, usual, firstMs * 2 ** Math.min(this.#failures, 16));
    this.#failures += 1;
    const notBefore = patience > 0 ? Date.now() + patience : 0;
    // Those that were told the same wait must not come back at the same moment.
    await this.#sleep(Math.max(Date.now(), notBefore) + Math.random() * most, mostMs !== undefined, signal);
    while (!signal.aborted && Date.now() < notBefore) await this.#sleep(notBefore, true, signal);
  }
}
