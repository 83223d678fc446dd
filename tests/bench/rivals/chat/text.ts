// Texts, names, addresses and emoji, counted in code points. Each has a short way for what people mostly write.

const trimmable = /[\p{White_Space}\u200B\u2060\uFEFF]/u;
const seen = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const unfitForName = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

const isPrintable = (unit: number): boolean => unit > 0x20 && unit < 0x7f;

/** Without the white space and invisible spacing at both ends. */
export const trimmed = (text: string): string => {
  let end = text.length;
  if (end > 0 && isPrintable(text.charCodeAt(0)) && isPrintable(text.charCodeAt(end - 1))) return text;
  let start = 0;
  while (start < end && trimmable.test(text.charAt(start))) start += 1;
  while (end > start && trimmable.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

/** Whether a text has anything that a person would see. */
export const isVisible = (text: string): boolean => isPrintable(text.charCodeAt(0)) || seen.test(text);

/** Whether a text has more than `limit` code points; it is counted only when its length leaves that open. */
export const isLonger = (text: string, limit: number): boolean => {
  if (text.length <= limit) return false;
  let points = 0;
  for (let at = 0; at < text.length && points <= limit; at += 1, points += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) at += 1;
  }
  return points > limit;
};

export const isUserName = (name: string): boolean => isVisible(name) && !isLonger(name, 80) && !unfitForName.test(name);

export const isChannelName = (name: string): boolean => /^[a-z0-9_-]{1,80}$/.test(name);

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
const address = new RegExp(`^(?=[^@]{1,64}@)${atom}(?:\\.${atom})*@${label}(?:\\.${label})+$`);

export const isEmail = (email: string): boolean => email.length >= 3 && email.length <= 254 && address.test(email);

// UTS #51, possible_emoji: a flag, or elements joined by ZWJ; a digit, # or * counts only as a keycap.
const element =
  "(?:[0-9#*]\\uFE0F\\u20E3|(?![0-9#*])\\p{Emoji}(?:\\p{Emoji_Modifier}|\\uFE0F\\u20E3?|[\\u{E0020}-\\u{E007E}]+\\u{E007F})?)";
const emojiShape = new RegExp(`^(?:\\p{Regional_Indicator}{2}|${element}(?:\\u200D${element})*)$`, "u");

export const isEmoji = (emoji: string): boolean => !isLonger(emoji, 32) && emojiShape.test(emoji);
