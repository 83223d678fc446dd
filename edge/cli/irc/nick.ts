// Of ASCII, so that it is the same in every locale; IRC was made in Scandinavia, where {|}^ are the small []\~
// (RFC 1459, 2.2).
const small = (character: string) => String.fromCharCode(character.charCodeAt(0) + 32);

/** The nick as IRC compares it: `Foo[x]` and `foo{x}` are one. */
export function foldedNick(nick: string): string {
  return nick.replace(/[A-Z[\\\]]/g, small).replaceAll("~", "^");
}

/**
 * The user id of whoever is known by a nick: different nicks have different ids, nicks that IRC takes for one have one.
 * What may not stand in an id is written as the bytes that it is, such as `~7b`; "irc-" keeps it apart from people who
 * signed in. A nick of more than 41 characters may make an id that the domain refuses.
 */
export function userIdOf(nick: string): string {
  return `irc-${foldedNick(nick).replace(/[^a-z0-9_-]/gu, escaped)}`;
}

const escaped = (character: string) =>
  Array.from(Buffer.from(character), (byte) => `~${byte.toString(16).padStart(2, "0")}`).join("");
