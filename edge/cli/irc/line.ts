/** What a line of the log says. Times are minutes of a day. */
export type Line =
  | { readonly kind: "message" | "action"; readonly minute: number; readonly nick: string; readonly text: string }
  | { readonly kind: "remark"; readonly nick: string; readonly text: string }
  | { readonly kind: "join" | "leave"; readonly nick: string }
  | { readonly kind: "rename"; readonly nick: string; readonly to: string };

export type LineKind = Line["kind"];

// A nick has no space: who wrote these logs put one behind each "]" (and took the last quote of a farewell away).
const nick = "((?:\\S|(?<=\\]) )+?)";
const time = "\\[(\\d\\d):(\\d\\d)\\]";
const spoken = {
  message: new RegExp(`^${time} <((?:[^\\s>]|(?<=\\]) )+)>(?: (.*))?$`, "s"),
  action: new RegExp(`^${time}\\s+\\* (\\S+)(?: (.*))?$`, "s"),
};
// In a host as well.
const host = "\\[(?:[^\\]\\s]|\\] (?=\\S))*\\]";
const told = {
  join: new RegExp(`^=== ${nick} ?${host}\\s+has joined #\\S+$`),
  leave: new RegExp(`^=== ${nick} ?${host}\\s+has left #\\S+(?: \\[.*)?$`),
  rename: new RegExp(`^=== ${nick} {1,2}is now known as ${nick}$`),
};
/** An action as it was written until 2007, if somebody is called so: the server's own lines look alike. */
const remark = /^=== ((?:[A-Za-z0-9_\-[\\`^{|}]|\] )+) (\S.*)$/s;
const serverSaid = /(?:was kicked off|changed the topic of|has joined|has left) #| is now known as /;
/** IRC ends a line after 512 bytes; these forms are looked for in nothing that is much longer. */
const longestTold = 1_024;

/**
 * Undefined where the line has none of the known forms, or its time is none. A `remark` is an action where somebody of that
 * nick is there.
 */
export function readLine(line: string): Line | undefined {
  if (line.startsWith("[")) return said("message", line) ?? said("action", line);
  if (!line.startsWith("===") || line.length > longestTold) return undefined;
  for (const kind of ["join", "leave"] as const) {
    const match = told[kind].exec(line);
    if (match !== null) return { kind, nick: withoutSpaces(match[1]) };
  }
  const renamed = told.rename.exec(line);
  if (renamed !== null) return { kind: "rename", nick: withoutSpaces(renamed[1]), to: withoutSpaces(renamed[2]) };
  const done = serverSaid.test(line) ? null : remark.exec(line);
  return done === null ? undefined : { kind: "remark", nick: withoutSpaces(done[1]), text: done[2] ?? "" };
}

function said(kind: "message" | "action", line: string): Line | undefined {
  const match = spoken[kind].exec(line);
  if (match === null) return undefined;
  const [, hours, minutes, nick, text = ""] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return { kind, minute: Number(hours) * 60 + Number(minutes), nick: withoutSpaces(nick), text };
}

const withoutSpaces = (nick = "") => nick.replaceAll(" ", "");
