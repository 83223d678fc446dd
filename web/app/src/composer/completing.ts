/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly id: string;
  readonly name: string;
}

/** What is typed after an @ up to the cursor, and where the @ stands; undefined where nobody is being mentioned. */
export function mentionAt(text: string, cursor: number): { readonly from: number; readonly words: string } | undefined {
  const before = text.slice(0, cursor);
  const from = before.lastIndexOf("@");
  if (from === -1 || (from > 0 && /[\p{L}\p{N}]/u.test(before.charAt(from - 1)))) return undefined;
  const words = before.slice(from + 1);
  return words.length <= 40 && !/[\n@]|^\s| {2}/.test(words) ? { from, words } : undefined;
}

/** Those whose name has the words at the beginning of one of its own; the best first. */
export function candidates(people: readonly Mentionable[], words: string, most: number): readonly Mentionable[] {
  const sought = words.toLocaleLowerCase();
  const rank = ({ name }: Mentionable) => {
    const lower = name.toLocaleLowerCase();
    if (lower.startsWith(sought)) return 0;
    return lower.includes(` ${sought}`) ? 1 : 2;
  };
  return people
    .filter((person) => rank(person) < 2)
    .toSorted((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
    .slice(0, most);
}
