import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

interface Emoji {
  readonly hexcode: string;
  readonly unicode: string;
  readonly label: string;
  readonly group?: number;
  readonly tags?: readonly string[];
}

const name = "virtual:emoji";
/** What came later many a device cannot draw yet, and neither can the font that is served. */
const newest = 15.1;

/** The module `virtual:emoji`: of Emojibase what a picker shows and searches, by group: a list of [emoji, words]. */
export function smallEmoji(): Plugin {
  const files = createRequire(import.meta.url);
  const read = (file: string) => JSON.parse(readFileSync(files.resolve(`emojibase-data/en/${file}`), "utf8"));
  return {
    name: "small-emoji",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const { groups } = read("messages.json") as {
        readonly groups: readonly { readonly order: number; readonly message: string }[];
      };
      const versions = read("data.json") as readonly { readonly hexcode: string; readonly version: number }[];
      const drawn = new Set(versions.filter(({ version }) => version <= newest).map(({ hexcode }) => hexcode));
      const all = (read("compact.json") as readonly Emoji[]).filter(({ hexcode }) => drawn.has(hexcode));
      // Group 2 is skin tones and hair, which are parts of emoji and none by themselves.
      const shown = groups.filter(({ order }) => order !== 2);
      const answer = shown.map(({ order, message }) => [
        message,
        all
          .filter(({ group }) => group === order)
          .map(({ unicode, label, tags = [] }) => [unicode, [label, ...tags].join(", ")]),
      ]);
      return `export const groups = JSON.parse(${JSON.stringify(JSON.stringify(answer))});`;
    },
  };
}
