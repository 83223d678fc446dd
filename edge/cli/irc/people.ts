import { foldedNick, userIdOf } from "./nick.ts";

/**
 * Who bears which nick in the course of one day. In the morning everybody goes by their own: who was called so on another
 * day is the same person. A person keeps their id when they change their nick; who takes a nick over has it from then on.
 */
export class People {
  readonly #day: string;
  /** By folded nick: who bears it. */
  readonly #bearers = new Map<string, string>();
  /** By user id: the folded nick that they bear. */
  readonly #nicks = new Map<string, string>();
  readonly #present = new Set<string>();

  constructor(day: string) {
    this.#day = day;
  }

  /** The user id of whoever bears a nick now. */
  bearer(nick: string): string {
    const folded = foldedNick(nick);
    const known = this.#bearers.get(folded);
    if (known !== undefined) return known;
    const id = this.#newcomer(userIdOf(nick));
    this.#give(folded, id);
    return id;
  }

  /** The user id of whoever was seen under a nick that day and bears it now. */
  seen(nick: string): string | undefined {
    return this.#bearers.get(foldedNick(nick));
  }

  /** Somebody goes by another nick from now on; answers who. */
  rename(nick: string, to: string): string {
    const id = this.bearer(nick);
    // Who bore it before went unseen: two cannot bear it.
    const before = this.#bearers.get(foldedNick(to));
    if (before !== undefined && before !== id) this.#nicks.delete(before);
    this.#give(foldedNick(to), id);
    return id;
  }

  arrives(id: string): void {
    this.#present.add(id);
  }
  leaves(id: string): void {
    this.#present.delete(id);
  }

  // The nick is free. Its own person comes back to it, unless they are there under another one: then it is borne by
  // somebody else, of whom nothing is known on other days.
  #newcomer(own: string): string {
    for (let count = 1; ; count += 1) {
      const id = count === 1 ? own : `${own}:${this.#day}:${count}`;
      if (!this.#present.has(id) || !this.#nicks.has(id)) return id;
    }
  }

  #give(folded: string, id: string): void {
    const before = this.#nicks.get(id);
    if (before !== undefined) this.#bearers.delete(before);
    this.#bearers.set(folded, id);
    this.#nicks.set(id, folded);
  }
}
