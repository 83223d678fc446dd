/** A part of a text: words, or somebody who is mentioned. */
export type Part = string | { readonly userId: string; readonly shown: string };

/** Finds those people in texts who are mentioned by `@` and their whole name. The longest name counts. */
export function mentionsOf(people: {
  readonly [userId: string]: { readonly name: string };
}): (text: string) => readonly Part[] {
  const byFirst = new Map<string, (readonly [name: string, userId: string])[]>();
  for (const [userId, { name }] of Object.entries(people)) {
    const lower = name.toLocaleLowerCase();
    const first = lower.charAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), [lower, userId]]);
  }
  for (const names of byFirst.values()) names.sort(([one], [other]) => other.length - one.length);
  return (text) => {
    const parts: Part[] = [];
    const lower = text.toLocaleLowerCase();
    let from = 0;
    // Where lower case is of another length, places would not agree.
    for (let at = lower.length === text.length ? text.indexOf("@") : -1; at !== -1; at = text.indexOf("@", at + 1)) {
      if (at > 0 && /[\p{L}\p{N}@]/u.test(text.charAt(at - 1))) continue;
      const found = byFirst
        .get(lower.charAt(at + 1))
        ?.find(([name]) => lower.startsWith(name, at + 1) && !/[\p{L}\p{N}]/u.test(lower.charAt(at + 1 + name.length)));
      if (found === undefined) continue;
      const [name, userId] = found;
      if (at > from) parts.push(text.slice(from, at));
      from = at + 1 + name.length;
      parts.push({ userId, shown: text.slice(at, from) });
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  };
}
