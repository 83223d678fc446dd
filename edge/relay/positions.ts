/** Places in the log of what is not done yet; one event may be there for several views. */
export class Positions {
  readonly #counts = new Map<number, number>();

  add(position: number): void {
    this.#counts.set(position, (this.#counts.get(position) ?? 0) + 1);
  }

  remove(position: number): void {
    const count = this.#counts.get(position) ?? 0;
    if (count > 1) this.#counts.set(position, count - 1);
    else this.#counts.delete(position);
  }

  /** Undefined where there is none. Looks at all of them: not to be asked for each message. */
  lowest(): number | undefined {
    let lowest: number | undefined;
    for (const position of this.#counts.keys()) if (lowest === undefined || position < lowest) lowest = position;
    return lowest;
  }
}
