/**
 * The value `next`, made of the objects of `before` wherever these say the same: what has not changed is the same object
 * still, down to each row.
 */
export function sameWherePossible<T>(before: unknown, next: T): T {
  if (before === next) return next;
  if (!isObject(before) || !isObject(next) || Array.isArray(before) !== Array.isArray(next)) return next;
  const keys = Object.keys(next);
  const made: Record<string, unknown> = next;
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    made[key] = sameWherePossible(before[key], made[key]);
    same &&= made[key] === before[key] && key in before;
  }
  return same ? (before as T) : next;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
