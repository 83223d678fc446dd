// In place of decode-named-character-reference, which brings every entity of HTML (11 KB), or in browsers reads them by
// innerHTML, which Trusted Types forbid. People type characters; these are those that they type as entities all the same.
const entities = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  copy: "©",
  reg: "®",
  trade: "™",
  euro: "€",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  rarr: "→",
  larr: "←",
  times: "×",
};

/** The character that an entity stands for; false where it is none of them, and then it is shown as it was typed. */
export function decodeNamedCharacterReference(name) {
  return Object.hasOwn(entities, name) ? entities[name] : false;
}
