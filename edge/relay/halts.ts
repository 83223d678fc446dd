import type { Journal, JournalEntry } from "./journal.ts";
import type { CatchUp, DeadLetter } from "./queue.ts";

/** Which streams are halted for which views. What changes is in the journal first, where there is one. */
export class Halts {
  readonly #journal: Journal | undefined;
  /** By group, then stream: asked for each message. */
  readonly #letters = new Map<string, Map<string, DeadLetter>>();

  /** `entries` are what the journal has loaded. */
  constructor(journal: Journal | undefined, entries: readonly JournalEntry[]) {
    this.#journal = journal;
    for (const { state, ...entry } of entries) {
      if (state === "halted") this.#put({ waiting: 1, reason: "", ...entry });
    }
  }

  find(group: string, stream: string): DeadLetter | undefined {
    return this.#letters.get(group)?.get(stream);
  }

  all(group?: string): readonly DeadLetter[] {
    const streams = group === undefined ? [...this.#letters.values()] : [this.#letters.get(group) ?? new Map()];
    return streams.flatMap((letters) => [...letters.values()]);
  }

  async halt(letter: DeadLetter): Promise<void> {
    const { group, stream, version, reason } = letter;
    await this.#journal?.write({ state: "halted", group, stream, version, reason });
    this.#put(letter);
  }

  /** More messages were put aside. */
  putAside(group: string, stream: string, messages: number): void {
    const letter = this.find(group, stream);
    if (letter !== undefined) this.#put({ ...letter, waiting: letter.waiting + messages });
  }

  /** The stream goes on, once the view has had a catch-up; answers which. */
  async goOn({ group, stream, version }: DeadLetter): Promise<CatchUp> {
    await this.owe({ group, stream, version });
    const letters = this.#letters.get(group);
    letters?.delete(stream);
    if (letters?.size === 0) this.#letters.delete(group);
    return { group, stream, version };
  }

  async owe({ group, stream, version }: CatchUp): Promise<void> {
    await this.#journal?.write({ state: "owed", group, stream, version });
  }

  async hadCatchUp({ group, stream, version }: CatchUp): Promise<void> {
    await this.#journal?.write({ state: "done", group, stream, version });
  }

  async close(): Promise<void> {
    await this.#journal?.close();
  }

  #put(letter: DeadLetter): void {
    const letters = this.#letters.get(letter.group) ?? new Map<string, DeadLetter>();
    this.#letters.set(letter.group, letters);
    letters.set(letter.stream, letter);
  }
}
