/** Times in ms, and what part of them is below which. */
export class Latencies {
  readonly #times: number[] = [];
  #sorted = true;

  add(ms: number): void {
    this.#times.push(ms);
    this.#sorted = false;
  }

  get count(): number {
    return this.#times.length;
  }

  /** The time within which `percent` of 100 were; NaN where there are none. */
  percentile(percent: number): number {
    if (!this.#sorted) this.#times.sort((a, b) => a - b);
    this.#sorted = true;
    const index = Math.ceil((percent / 100) * this.#times.length) - 1;
    return this.#times[Math.max(0, index)] ?? Number.NaN;
  }
}
