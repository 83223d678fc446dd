import { StoreDamaged } from "../event_store.ts";

/** Damage as it is found; undefined now and then, so that others get their turn. */
export type Check<Answer = void> = Generator<StoreDamaged | undefined, Answer>;

/** What a call answers; where it throws damage, that is told, and the answer is undefined. */
export function* damageOf<Answer>(call: () => Answer): Check<Answer | undefined> {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof StoreDamaged)) throw error;
    yield error;
    return undefined;
  }
}

/** What a call answers; undefined where it throws damage. */
export function ifSound<Answer>(call: () => Answer): Answer | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof StoreDamaged) return undefined;
    throw error;
  }
}

/** So many that are missing one after the other end a walk by numbers: what comes then is looked for. */
const mostMissing = 1_000;
/** How many records are looked at in one go. */
const stride = 500;

/**
 * Visits numbers from 1 on, one by one, since a damaged page may hide some of them from a scan. `visit` answers whether
 * there was anything; `after` the first number that is there after one.
 */
export function* walk(
  last: () => number,
  after: (number: number) => number | undefined,
  visit: (number: number) => Check<boolean>,
): Check {
  let missing = 0;
  for (let number = 1; number <= last(); number += 1) {
    missing = (yield* visit(number)) ? 0 : missing + 1;
    if (missing === mostMissing) {
      number = ((yield* damageOf(() => after(number))) ?? last() + 1) - 1;
      missing = 0;
    }
    if (number % stride === 0) yield undefined;
  }
}
