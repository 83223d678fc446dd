/** Counts the time that some of the work takes. What it counts is no moment: no rule and no stored byte depends on it. */
export class Stopwatch {
  #ms = 0;

  get ms(): number {
    return this.#ms;
  }

  /** Counts until the function that it answers is called. */
  start(): () => void {
    const from = performance.now();
    return () => {
      this.#ms += performance.now() - from;
    };
  }

  time<T>(work: () => T): T {
    const end = this.start();
    try {
      return work();
    } finally {
      end();
    }
  }
}
