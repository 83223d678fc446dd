import type { Domain } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import type { Submission } from "./commands.ts";
import type { Streams } from "./streams.ts";

const decoder = new TextDecoder();

/**
 * The module before today's (N-1), for clients that have not loaded today's yet. They are served as long as it makes no
 * difference: where it does, what they show their person was decided by other rules.
 */
export class Earlier {
  readonly domain: Domain;
  readonly #streams: Streams;
  readonly #today: string;

  constructor(streams: Streams, today: string) {
    this.domain = streams.domain;
    this.#streams = streams;
    this.#today = today;
  }

  serves(hash: string | undefined): boolean {
    return hash === this.domain.hash;
  }

  close(): void {
    this.#streams.close();
  }

  /** The refusal where the client's module decides otherwise on the same state; else undefined. */
  async differs(
    { command, domain }: Submission,
    stream: string,
    decidedAt: number,
    context: Uint8Array,
    verdict: Uint8Array,
  ): Promise<Refusal | undefined> {
    if (!this.serves(domain)) return undefined;
    const upgraded = refuse("domain_upgraded", { expected: this.#today, actual: this.domain.hash });
    const aggregate = await this.#streams.take(stream);
    if (aggregate.version !== decidedAt) {
      aggregate.close();
      return upgraded; // the stream moved on meanwhile: the client folds, and comes back
    }
    const theirs = decoder.decode(aggregate.decideBytes(command, context));
    await this.#streams.giveBack(aggregate);
    const ours = decoder.decode(verdict);
    return theirs.replaceAll(this.domain.hash, this.#today) === ours ? undefined : upgraded;
  }
}
