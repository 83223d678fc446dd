interface Pending<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** How a batch is made and carried out. */
export interface Batching<Item, Answer> {
  /** Answers each item by itself, with an error where that one failed; what it throws fails all of them. */
  readonly carryOut: (items: readonly Item[]) => readonly (Answer | Error)[];
  /** Says when the next batch begins. */
  readonly schedule: (run: () => void) => void;
  /** The part of a batch that an item fills. A batch takes items until it is full, one at least. */
  readonly share: (item: Item) => number;
}

/** Collects what is asked for and has it carried out together, in the order of the calls: the group commit. */
export class Batches<Item, Answer> {
  readonly #batching: Batching<Item, Answer>;
  #pending: Pending<Item, Answer>[] = [];

  constructor(batching: Batching<Item, Answer>) {
    this.#batching = batching;
  }

  add(item: Item): Promise<Answer> {
    if (this.#pending.length === 0) this.#schedule();
    return new Promise((resolve, reject) => this.#pending.push({ item, resolve, reject }));
  }

  /** Carries out what waits, now. */
  finish(): void {
    while (this.#pending.length > 0) this.#next();
  }

  #schedule(): void {
    this.#batching.schedule(() => {
      if (this.#pending.length > 0) this.#next();
      if (this.#pending.length > 0) this.#schedule();
    });
  }

  #next(): void {
    const { carryOut, share } = this.#batching;
    let filled = 0;
    const beyond = this.#pending.findIndex(({ item }) => {
      filled += share(item);
      return filled > 1;
    });
    const batch = this.#pending.splice(0, beyond < 0 ? this.#pending.length : Math.max(beyond, 1));
    try {
      const answers = carryOut(batch.map(({ item }) => item));
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
