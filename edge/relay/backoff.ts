const base = 50;
const most = 30_000;

/**
 * How long to wait before the next attempt, in ms: half of a bound that doubles with each failure up to half a minute, and
 * at random up to the whole of it, so that those who failed together do not come again together.
 */
export function backoff(failures: number, random: () => number): number {
  const bound = Math.min(most, base * 2 ** Math.min(failures, 20));
  return Math.ceil((bound * (1 + random())) / 2);
}
