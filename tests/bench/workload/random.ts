/** A small seeded generator (sfc32 from splitmix32 seeds): the same workload on every machine, whatever its engine. */
export type Random = {
  /** 0 ≤ n < below. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A version 7 UUID of a moment. */
  uuid(at: number): string;
};

export const seeded = (seed: number): Random => {
  let state = seed | 0;
  const split = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [split(), split(), split(), 1];
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  const hex = (digits: number): string =>
    next()
      .toString(16)
      .padStart(8, "0")
      .slice(8 - digits);
  const int = (below: number): number => Math.floor((next() / 0x1_0000_0000) * below);
  return {
    int,
    chance: (probability) => next() / 0x1_0000_0000 < probability,
    pick: <T>(list: readonly T[]): T => {
      const picked = list[int(list.length)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
    uuid: (at) => {
      const time = at.toString(16).padStart(12, "0");
      const variant = "89ab"[int(4)];
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(8)}${hex(4)}`;
    },
  };
};
