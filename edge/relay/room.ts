import { QueueClosed } from "./queue.ts";

/** Room for so many bytes. Who comes when there is none waits, in order; so what is too much for it is taken all the same. */
export class Room {
  readonly #capacity: number;
  readonly #before: PromiseWithResolvers<void>[] = [];
  #used = 0;
  #closed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Resolves when the bytes have room. Throws `QueueClosed`, or the signal's reason when that is aborted. */
  async take(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    while (!this.#closed && !signal?.aborted && bytes > 0 && this.#used >= this.#capacity) await this.#turn(signal);
    if (this.#closed) throw new QueueClosed("The queue is closed.");
    signal?.throwIfAborted();
    this.#used += bytes;
    // The next one may fit, too.
    this.#next();
  }

  give(bytes: number): void {
    this.#used -= bytes;
    this.#next();
  }

  close(): void {
    this.#closed = true;
    for (const { resolve } of this.#before.splice(0)) resolve();
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const turn = Promise.withResolvers<void>();
    this.#before.push(turn);
    const aborted = () => turn.resolve();
    signal?.addEventListener("abort", aborted);
    await turn.promise;
    signal?.removeEventListener("abort", aborted);
    const index = this.#before.indexOf(turn);
    if (index >= 0) this.#before.splice(index, 1);
    // A turn that nobody uses is the next one's.
    if (signal?.aborted) this.#next();
  }

  #next(): void {
    if (this.#used < this.#capacity) this.#before.shift()?.resolve();
  }
}
