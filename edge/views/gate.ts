/** A gate that many pass at once, and one shuts for all. */
export class Gate {
  #inside = 0;
  #shut: PromiseWithResolvers<void> | undefined;
  #empty: PromiseWithResolvers<void> | undefined;

  /** Runs a task inside, waiting before the gate where it is shut. */
  async pass<T>(task: () => Promise<T>): Promise<T> {
    while (this.#shut !== undefined) await this.#shut.promise;
    this.#inside += 1;
    try {
      return await task();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#empty?.resolve();
    }
  }

  /** Runs a task while nobody else is inside. */
  async alone<T>(task: () => Promise<T>): Promise<T> {
    while (this.#shut !== undefined) await this.#shut.promise;
    this.#shut = Promise.withResolvers();
    if (this.#inside > 0) {
      this.#empty = Promise.withResolvers();
      await this.#empty.promise;
      this.#empty = undefined;
    }
    try {
      return await task();
    } finally {
      const { resolve } = this.#shut;
      this.#shut = undefined;
      resolve();
    }
  }
}
