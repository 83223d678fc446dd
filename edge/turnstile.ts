/**
 * Lets a few through in each turn of the event loop, in the order in which they came; the others wait for the next turn. So
 * whoever else works there has the rest of it: new connections are taken, answers are read.
 */
export class Turnstile {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #left: number;
  #turning = false;

  /** At most `most` go through in a turn. */
  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  /** Calls it now if there is room in this turn, and in a later one otherwise. */
  enter(begin: () => void): void {
    if (this.#left === 0 || this.#waiting.length > 0) {
      this.#wait(begin);
      return;
    }
    this.#left -= 1;
    this.#follow();
    begin();
  }

  /** Resolves in a later turn. */
  pass(): Promise<void> {
    return new Promise((resolve) => this.#wait(resolve));
  }

  #wait(begin: () => void): void {
    this.#waiting.push(begin);
    this.#follow();
  }

  #follow(): void {
    if (!this.#turning) setImmediate(() => this.#turn());
    this.#turning = true;
  }

  #turn(): void {
    const next = this.#waiting.splice(0, this.#most);
    this.#left = this.#most - next.length;
    this.#turning = next.length > 0;
    if (this.#turning) setImmediate(() => this.#turn());
    for (const begin of next) begin();
  }
}
