import { emojiNames } from "./generated/emoji_names.ts";

/** What Slack calls otherwise, or has and the table has not; and what is no whole emoji there. */
const slackNames = `
thumbsup 👍 thumbsdown 👎 thinking_face 🤔 hugging_face 🤗 face_with_rolling_eyes 🙄 simple_smile 🙂 the_horns 🤘
partying_face 🥳 star-struck 🤩 zany_face 🤪 shushing_face 🤫 face_with_hand_over_mouth 🤭 face_vomiting 🤮 woozy_face 🥴
hot_face 🥵 cold_face 🥶 pleading_face 🥺 face_with_monocle 🧐 rolling_on_the_floor_laughing 🤣 face_with_cowboy_hat 🤠
facepalm 🤦 woman-facepalming 🤦‍♀️ man-facepalming 🤦‍♂️ shrug 🤷 woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️
saluting_face 🫡 melting_face 🫠 heart_hands 🫶 white_heart 🤍 brown_heart 🤎 hankey 💩 hand ✋ punch 👊 spock-hand 🖖
raised_hand_with_fingers_splayed 🖐️ hammer_and_wrench 🛠️ heavy_exclamation_mark ❗ satisfied 😆 gb 🇬🇧 yawning_face 🥱
asterisk *️⃣ keycap_star *️⃣
`;

const byName = new Map<string, string>();
const byEmoji = new Map<string, string>();
for (const table of [emojiNames, slackNames]) {
  const words = table.trim().split(/\s+/);
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [name = "", emoji = ""] = words.slice(at, at + 2);
    byName.set(name, emoji);
  }
}
for (const [name, emoji] of byName) if (!byEmoji.has(emoji)) byEmoji.set(emoji, name);

const emojiSelector = "\uFE0F";
const firstTone = 0x1f3fb;
const tones = /^(?<base>[^:]+)::skin-tone-(?<tone>[2-6])$/;
const regionalA = 0x1f1e6;

/**
 * The emoji that Slack calls by a name, such as `tada`, `flag-fr` or `wave::skin-tone-3`. What is no name in the table is
 * undefined where it is of ASCII (a workspace's own emoji), and else taken for an emoji itself: the domain judges it.
 */
export function emojiOf(name: string): string | undefined {
  const known = byName.get(name);
  if (known !== undefined) return known;
  const { base = "", tone = "" } = tones.exec(name)?.groups ?? {};
  const plain = byName.get(base);
  if (plain !== undefined) return toned(plain, String.fromCodePoint(firstTone + Number(tone) - 2));
  const country = /^flag-([a-z])([a-z])$/.exec(name);
  if (country !== null) return country.slice(1).map(regional).join("");
  return /^[\x20-\x7e]*$/.test(name) ? undefined : name;
}

/** What Slack calls an emoji; one without a name is its own. `emojiOf` answers the same emoji again. */
export function nameOf(emoji: string): string {
  const known = byEmoji.get(emoji);
  if (known !== undefined) return known;
  const [first = "", modifier = "", ...rest] = emoji;
  const tone = (modifier.codePointAt(0) ?? 0) - firstTone;
  if (tone >= 0 && tone < 5) {
    for (const plain of [first + rest.join(""), first + emojiSelector + rest.join("")]) {
      const name = `${byEmoji.get(plain)}::skin-tone-${tone + 2}`;
      if (emojiOf(name) === emoji) return name;
    }
  }
  return emoji;
}

/** A skin tone stands behind the first code point, in place of the selector. */
function toned(emoji: string, tone: string): string {
  const [first = "", ...rest] = emoji;
  return first + tone + (rest[0] === emojiSelector ? rest.slice(1) : rest).join("");
}

const regional = (letter: string) => String.fromCodePoint(regionalA + letter.charCodeAt(0) - 97);
