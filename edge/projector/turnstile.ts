/** Lets a few through in each turn of the event loop, in the order in which they came: whoever else works there has the rest of it. */
export class Turnstile {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #turning = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves in a later turn. */
  pass(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    if (!this.#turning) setImmediate(() => this.#turn());
    this.#turning = true;
    return promise;
  }

  #turn(): void {
    for (const resolve of this.#waiting.splice(0, this.#most)) resolve();
    this.#turning = this.#waiting.length > 0;
    if (this.#turning) setImmediate(() => this.#turn());
  }
}
