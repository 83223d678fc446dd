import type { Random } from "./random.ts";

const words = (
  "the a to is it in of and you that i on for not have this with be are but can my do if so what just like now at all was " +
  "was get how one there out about when yes no ok thanks hello works try install package version update error kernel driver " +
  "network server config file folder command terminal log boot disk mount user password reboot fixed broken again later " +
  "tomorrow meeting release branch merge review build test deploy rollback ticket question answer maybe sure great sorry"
).split(" ");

const spices = ["café", "naïve", "日本語", "привет", "👍", "🎉", "“quoted”", "…", "Größe", "→"];

/** A line as people write them: mostly ASCII; one in 25 with something beyond it, one in 40 with quotes or a new line. */
export const sentence = (random: Random): string => {
  const length = 1 + random.int(5) + (random.chance(0.1) ? random.int(20) : 0);
  let text = random.pick(words);
  for (let word = 1; word < length; word += 1) text += ` ${random.pick(words)}`;
  if (random.chance(0.04)) text += ` ${random.pick(spices)}`;
  if (random.chance(0.025)) text += random.pick(['\nsee "above"', "\n\tindented", ' \\o/ "yes"']);
  return text;
};

const firstNames = [
  "Ada",
  "Bob",
  "Chloé",
  "Dmitri",
  "Eve",
  "Farah",
  "Grace",
  "Hedy",
  "Ivan",
  "Jürgen",
  "Kim",
  "Linus",
  "Mei",
];
const lastNames = ["Lovelace", "Ng", "Hopper", "Okafor", "Weiß", "Tanaka", "Silva", "Moore", "Ito", "Khan"];

export const personName = (random: Random): string => `${random.pick(firstNames)} ${random.pick(lastNames)}`;

/** In rising order, by UTF-16 and by UTF-8 alike. */
export const emoji: readonly string[] = ["❤️", "🎉", "👀", "👍", "😀", "🚀"];
