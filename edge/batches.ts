interface Pending<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** How a batch is made and carried out. */
export interface Batching<Item, Answer> {
  /** Answers each item by itself, with an error where that one failed; where it rejects, all of them have failed. */
  readonly carryOut: (items: readonly Item[]) => Promise<readonly (Answer | Error)[]>;
  /** Resolves when the next batch may begin. */
  readonly turn: () => Promise<void>;
  /** The part of a batch that an item fills. A batch takes items until it is full, one at least. */
  readonly share: (item: Item) => number;
}

/**
 * Collects what is asked for and has it carried out together, in the order of the calls: the group commit. What is asked for
 * while a batch is being carried out is the next one.
 */
export class Batches<Item, Answer> {
  readonly #batching: Batching<Item, Answer>;
  #pending: Pending<Item, Answer>[] = [];
  #running: Promise<void> | undefined;

  constructor(batching: Batching<Item, Answer>) {
    this.#batching = batching;
  }

  add(item: Item): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => this.#pending.push({ item, resolve, reject }));
    this.#running ??= this.#run();
    return answer;
  }

  /** Resolves when all of it is carried out. */
  async finished(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#pending.length > 0) {
      await this.#batching.turn();
      await this.#carryOut(this.#next());
    }
    this.#running = undefined;
  }

  #next(): readonly Pending<Item, Answer>[] {
    let filled = 0;
    const beyond = this.#pending.findIndex(({ item }) => {
      filled += this.#batching.share(item);
      return filled > 1;
    });
    return this.#pending.splice(0, beyond < 0 ? this.#pending.length : Math.max(beyond, 1));
  }

  async #carryOut(batch: readonly Pending<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#batching.carryOut(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index] as Answer | Error;
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
