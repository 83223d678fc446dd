import { groups } from "virtual:emoji";

export type Emoji = readonly [emoji: string, words: string];
export type EmojiGroup = readonly [name: string, emoji: readonly Emoji[]];
/** A line of the picker: the name of a group, or some emoji. `from` is the place of the first among all. */
export type Line = { readonly title: string } | { readonly emoji: readonly Emoji[]; readonly from: number };

export const everyEmoji: readonly EmojiGroup[] = groups;

/** Those whose words have every sought word at the beginning of one, in lines of `width`. Recent ones come first. */
export function linesOf(groups: readonly EmojiGroup[], sought: string, width: number, recent: readonly string[]) {
  const words = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = ([, said]: Emoji) => {
    const all = ` ${said.toLocaleLowerCase()}`;
    return words.every((word) => all.includes(` ${word}`));
  };
  const before = recent.flatMap((one) => groups.flatMap(([, all]) => all.filter(([emoji]) => emoji === one)));
  const shown = words.length === 0 && before.length > 0 ? [["recent", before] as const, ...groups] : groups;
  const all: Emoji[] = [];
  const lines: Line[] = [];
  for (const [title, group] of shown) {
    const found = group.filter(fits);
    if (found.length > 0) lines.push({ title });
    for (let place = 0; place < found.length; place += width) {
      const emoji = found.slice(place, place + width);
      lines.push({ emoji, from: all.length });
      all.push(...emoji);
    }
  }
  return { lines, all };
}
