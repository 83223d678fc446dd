import type { Aggregate } from "../domain.ts";
import type { Refusal } from "../outcome/refusal.ts";
import { Batch } from "./batch.ts";
import type { Parts, Pending } from "./pending.ts";

/** Commands that are decided upon each other before the store has answered for the first of them. */
const most = 256;

/**
 * One stream's commands, in the order in which they came. Each is decided on the state that those before it leave, and
 * all are appended without waiting for each other: the store commits them together. Where it does not take one, what was
 * decided upon it is decided anew.
 */
export class Lane {
  readonly #stream: string;
  readonly #parts: Parts;
  readonly #waiting: Pending[] = [];
  readonly #questions: ((aggregate: Aggregate | undefined, refusal?: Refusal) => void)[] = [];

  constructor(stream: string, parts: Parts) {
    this.#stream = stream;
    this.#parts = parts;
  }

  add(pending: Pending): void {
    this.#waiting.push(pending);
  }

  /** Asks the stream between two batches, when its state is what is committed. */
  ask<T>(question: (aggregate: Aggregate) => T): Promise<T | Refusal> {
    return new Promise((resolve) => {
      this.#questions.push((aggregate, refusal) => {
        resolve(aggregate === undefined ? (refusal as Refusal) : question(aggregate));
      });
    });
  }

  /** Works until nothing waits any more, and says so at once: what is added after that is another lane's. */
  async run(done: () => void): Promise<void> {
    await null; // what arrives together is decided together
    while (this.#waiting.length > 0 || this.#questions.length > 0) {
      const questions = this.#questions.splice(0);
      const batch = this.#next();
      try {
        await this.#work(questions, batch);
      } catch (error) {
        const refusal = this.#parts.replies.refusalOf(error);
        for (const answer of questions) answer(undefined, refusal);
        for (const { resolve } of batch) resolve({ kind: "refused", refusal });
      }
    }
    done();
  }

  async #work(questions: ((aggregate: Aggregate) => void)[], batch: readonly Pending[]): Promise<void> {
    const { streams } = this.#parts;
    const aggregate = await streams.take(this.#stream);
    let kept = false;
    try {
      for (const answer of questions) answer(aggregate);
      const work = new Batch(this.#parts, aggregate);
      const { clean, again } = await work.decide(batch);
      this.#waiting.unshift(...again);
      kept = clean;
      if (work.upgraded !== undefined) this.#refuseBehind(batch[0], work.upgraded);
    } finally {
      if (!kept) aggregate.close();
    }
    if (kept) await streams.giveBack(aggregate);
  }

  // What the same client has said after it would overtake it, or be judged without it and for ever.
  #refuseBehind(first: Pending | undefined, refusal: Refusal): void {
    const { earlier } = this.#parts;
    const isBehind = ({ submission: { actor, domain } }: Pending) =>
      earlier?.serves(domain) === true && actor.id === first?.submission.actor.id;
    const behind = this.#waiting.filter(isBehind);
    this.#waiting.splice(0, Number.POSITIVE_INFINITY, ...this.#waiting.filter((each) => !behind.includes(each)));
    for (const { resolve } of behind) resolve({ kind: "refused", refusal });
  }

  // A client of the module before this one is compared on the committed state, so its command goes alone.
  #next(): readonly Pending[] {
    const alone = this.#waiting.findIndex(({ submission }) => this.#parts.earlier?.serves(submission.domain));
    return this.#waiting.splice(0, alone < 0 ? most : Math.max(alone, 1));
  }
}
