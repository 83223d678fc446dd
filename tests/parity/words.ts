// Texts, names and emoji, from plain to nasty. Lone surrogates are in it: they become escapes on the way to bytes.
import type { Random } from "./random.ts";

const plain = [
  "hi",
  "good morning",
  "so",
  "ok :-)",
  "I'll be back",
  'he said "no"',
  "a\\b",
  "tab\there",
  "line\nbreak",
];
const scripts = ["Grüße", "日本語", "Привет", "שלום", "مرحبا", "नमस्ते", "ภาษาไทย", "한국어", "Ἀθῆναι", "𝔘𝔫𝔦", "🦀🦀"];
const whites = [
  ..." \t\n\r\v\f",
  "\u0085",
  "\u00a0",
  "\u1680",
  "\u2003",
  "\u2028",
  "\u2029",
  "\u202f",
  "\u205f",
  "\u3000",
];
const invisible = ["\u200b", "\u2060", "\ufeff", "\u200c", "\u200d", "\u00ad", "\u180e", "\u2061", "\u115f", "\u3164"];
const bidirectional = ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"];
const controls = ["\u0000", "\u0001", "\u001b", "\u007f", "\u0080", "\u009f"];
const combining = ["e\u0301", "a\u0308\u0323", "\u0301", "Z\u0351\u036b\u0343", "\u20e3", "\ufe0f", "\u{e0101}"];
const neverCharacters = ["\ufffe", "\uffff", "\ufdd0", "\u{1fffe}", "\u{10ffff}"];
const halves = ["\ud800", "\udfff", "\ud83d", "\ude00\ud83d"];
const edges = ["\u007f\u0080", "\u07ff\u0800", "\ud7ff\ue000", "\ufffd\u{10000}", "\u{10fffd}", "__proto__", "\u2028"];

export const emoji = [
  ...["👍", "❤️", "❤", "🇩🇪", "🇩", "#️⃣", "#", "1⃣", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👋🏽", "🏽", "🏳️‍🌈", "🫱🏻‍🫲🏿", "☃", "☃︎", "©️", "a"],
  ...["", "👍👍", "👍 ", "\u200d", "👍\u200d", "🇩🇪🇫🇷", "\ufe0f", "😀\ufe0e", "🧑‍🚀", "1️", "*️⃣", "👍\u200d\u200d👍"],
];

/** A part of a text; `nasty` in percent. */
function part(random: Random, nasty: number): string {
  if (!random.chance(nasty)) return random.pick(random.chance(80) ? plain : scripts);
  return random.pick(
    random.weighted([
      [20, scripts],
      [20, whites],
      [15, invisible],
      [10, bidirectional],
      [10, controls],
      [10, combining],
      [10, emoji],
      [8, edges],
      [2, neverCharacters],
      [2, halves],
    ]),
  );
}

/** A text of a few parts. */
export function text(random: Random, nasty: number): string {
  return random.list(random.between(1, 4), () => part(random, nasty)).join(random.chance(50) ? " " : "");
}

/** A text of about `limit` code points, at the edge or just beyond it, with or without white space around it. */
export function longText(random: Random, limit: number): string {
  const unit = random.pick(["x", "é", "日", "🦀", " "]);
  const around = random.chance(50) ? random.pick(whites) : "";
  return around + unit.repeat(limit + random.between(-1, 1)) + around;
}

export function channelName(random: Random): string {
  const good = () =>
    random.list(random.between(1, 12), () => random.pick([..."abcdefghijklmnopqrstuvwxyz0123456789-_"]));
  return random.weighted([
    [80, () => good().join("")],
    [4, () => "x".repeat(random.between(79, 81))],
    [4, () => ""],
    [4, () => `${good().join("")}${random.pick(["A", " ", "ä", ".", "/", "\u200b", "\n"])}`],
    [2, () => text(random, 60)],
  ])();
}

export const emails = [
  ...["ada@example.org", "a.b+c@x-y.example", "A!#$%&'*+-/=?^_`{|}~@a.b", `${"l".repeat(64)}@example.org`, "1@2.3"],
  ...[
    "",
    "@",
    "a@b",
    "a@b.",
    ".a@b.c",
    "a..b@c.d",
    "a@b@c.d",
    `${"l".repeat(65)}@example.org`,
    "ü@example.org",
    "a b@c.d",
  ],
  ...[
    "a@-b.c",
    "a@b-.c",
    "a@[127.0.0.1]",
    '"a"@b.c',
    `a@${"d".repeat(63)}.${"d".repeat(64)}.e`,
    "a@b.c\u0000",
    "a@b.c ",
  ],
  ...[`a@${"d.".repeat(125)}ee`, `aa@${"d.".repeat(125)}ee`],
];

/** Ids: of the shape, at its edges, and out of it. */
export const oddIds = [
  ...["a", "0", "_", "A.b:c@d~e-f_g", "x".repeat(128), "9".repeat(20), "__proto__", "constructor"],
  ...["", "x".repeat(129), "-a", ".a", "a b", "a/b", "ä", "a\u0000", "..", "a\n", "🦀", "a,b", "%41"],
];
