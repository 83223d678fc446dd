import { hash } from "node:crypto";

/** Somebody who has signed up on this machine. */
export interface Person {
  /** The `sub` of their tokens, and their id in the domain. */
  readonly id: string;
  readonly name: string;
}

/** What a name may be, for whoever is asked for one. */
export const nameRule = "1 to 80 characters that can be seen";

const maxCodePoints = 80;
/** Controls, line and paragraph ends, lone surrogates, and what turns the direction of the text around it. */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffd]/u;
const seen = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * The name as it is kept: trimmed and composed (NFC), so that one name is one person however it was typed. Undefined
 * where it is empty or absurd; the domain has the last word on names, when the app registers the person.
 */
export function readName(typed: string): string | undefined {
  const name = typed.normalize("NFC").trim();
  if (unfit.test(name) || !seen.test(name)) return undefined;
  return name.length <= 2 * maxCodePoints && [...name].length <= maxCodePoints ? name : undefined;
}

/**
 * The person of that name. The id is made of the name alone, so that it is the same on every machine, after every loss of
 * files, and for two sign-ups at once. A plain word is its own id: `ada` is in `user-ada`, which is good to type; every
 * other name has a UUID (version 8), as people have it in Cognito.
 */
export function personOf(name: string): Person {
  return { id: /^[a-z][a-z0-9_]{0,31}$/.test(name) ? name : uuidOf(name), name };
}

function uuidOf(name: string): string {
  const hex = hash("sha256", `crowbar person ${name}`).slice(0, 32).split("");
  hex[12] = "8";
  hex[16] = (0x8 | (Number.parseInt(hex[16] ?? "0", 16) & 0x3)).toString(16);
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
