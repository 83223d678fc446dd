// A source of choices that a seed repeats for ever: xoshiro128**, seeded by splitmix32 (Blackman and Vigna, 2018).

const rotate = (word: number, by: number) => (word << by) | (word >>> (32 - by));

export class Random {
  readonly #state = new Uint32Array(4);

  constructor(seed: number) {
    let word = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      word = (word + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
      mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
      this.#state[i] = mixed ^ (mixed >>> 16);
    }
  }

  #word(): number {
    const state = this.#state as unknown as [number, number, number, number];
    const answer = Math.imul(rotate(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate(state[3], 11);
    return answer;
  }

  /** 0 … below - 1. */
  below(below: number): number {
    return this.#word() % below;
  }
  /** first … last. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }
  /** True in `percent` of 100. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error("There is nothing to pick from.");
    return items[this.below(items.length)] as T;
  }
  /** One of the values, each as likely as its weight says. */
  weighted<T>(items: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.below(items.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, value] of items) {
      if (left < weight) return value;
      left -= weight;
    }
    throw new Error("Weights do not sum up.");
  }
  list<T>(size: number, item: () => T): T[] {
    return Array.from({ length: size }, item);
  }
  /** A UUIDv7 of the moment `at`. */
  uuid(at: number): string {
    const time = at.toString(16).padStart(12, "0").slice(-12);
    const hex = (digits: number) => this.list(digits, () => this.below(16).toString(16)).join("");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${this.pick(["8", "9", "a", "b"])}${hex(3)}-${hex(12)}`;
  }
}
