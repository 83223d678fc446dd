import { isCatchUp, type Message } from "./queue.ts";

/** The messages of one group that are not done, and who holds the first of them until when. */
export class Group {
  readonly name: string;
  readonly waiting: Message[] = [];
  /** Nothing is delivered before this moment: somebody holds it, or wanted to wait. */
  notBefore = 0;
  #receipt = "";
  #held = 0;
  #attempts = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** How often the first message has been delivered. */
  get attempts(): number {
    return this.#attempts;
  }

  hold(receipt: string, max: number, until: number): readonly Message[] {
    const messages = this.waiting.slice(0, max);
    this.#receipt = receipt;
    this.#held = messages.length;
    this.#attempts += 1;
    this.notBefore = until;
    return messages;
  }

  isHeldBy(receipt: string, now: number): boolean {
    return this.#receipt === receipt && now < this.notBefore;
  }

  /** Whoever held it has answered. */
  free(notBefore: number): void {
    this.#receipt = "";
    this.#held = 0;
    this.notBefore = notBefore;
  }

  /** Removes what is held, and answers it. */
  takeHeld(): readonly Message[] {
    this.#attempts = 0;
    return this.waiting.splice(0, this.#held);
  }

  /** Removes what a halt concerns, and answers it: what comes before it, as far as it is held, and what is put aside. */
  takeHalted(
    stream: string,
    version: number,
  ): { readonly done: readonly Message[]; readonly aside: readonly Message[] } {
    const done: Message[] = [];
    const aside: Message[] = [];
    const rest = this.waiting.filter((message, index) => {
      if (message.stream !== stream) return true;
      const later = isCatchUp(message) || message.version >= version;
      if (later) aside.push(message);
      else if (index < this.#held) done.push(message);
      return !later && index >= this.#held;
    });
    this.waiting.splice(0, this.waiting.length, ...rest);
    this.#attempts = 0;
    return { done, aside };
  }

  /** Is the view owed a catch-up that nobody has taken yet? */
  awaitsCatchUp(stream: string): boolean {
    return this.waiting.some(
      (message, index) => index >= this.#held && isCatchUp(message) && message.stream === stream,
    );
  }
}
