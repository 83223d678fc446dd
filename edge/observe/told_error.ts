import type { ToldError } from "./line.ts";

/** Errors of our own: their messages name files, streams, versions and limits. */
const ours: ReadonlySet<string> = new Set([
  "StoreUnavailable",
  "StoreDamaged",
  "ViewsUnavailable",
  "KeysUnavailable",
  "QueueClosed",
  "SignInFilesDamaged",
]);
/** A function and the place where it is, as V8 writes it. What a message brought along looks otherwise. */
const frame = /^ {4}at (?:(?:async |new )*[\w$.#<>]+ (?:\[as [\w$]+\] )?\()?(?:file:\/\/|node:|\/)[^\s()]+:\d+:\d+\)?$/;
const word = /^[A-Za-z_$][\w$]{0,63}$/;
const codeForm = /^[A-Z][A-Z0-9_]{1,63}$/;
/** Under which name a method was called: a key that may have come from anywhere. */
const alias = / \[as [\w$]+\]/;
const maxFrames = 30;
const maxCauses = 4;

/** What may be told of whatever was thrown: where, and of which kind; of other people's messages nothing. */
export function toldError(thrown: unknown, depth = 0): ToldError {
  if (!(thrown instanceof Error)) return { name: `thrown ${typeof thrown}`, at: [] };
  const { code, cause } = thrown as NodeJS.ErrnoException;
  const name = word.test(thrown.name) ? thrown.name : "Error";
  return {
    name,
    ...(typeof code === "string" && codeForm.test(code) && { code }),
    ...(ours.has(name) && { message: mild(thrown.message) }),
    at: framesOf(thrown),
    ...(cause !== undefined && depth < maxCauses && { cause: toldError(cause, depth + 1) }),
  };
}

/** The stack without its head. A head that is not the message as it is now may be any text: then nothing is told. */
function framesOf({ name, message, stack = "" }: Error): readonly string[] {
  const heads = [`${name}: ${message}\n`, `Error: ${message}\n`, message === "" ? `${name}\n` : undefined];
  const head = heads.find((each) => each !== undefined && stack.startsWith(each));
  if (head === undefined) return [];
  const lines = stack.slice(head.length).split("\n", maxFrames);
  return lines.filter((line) => frame.test(line)).map((line) => line.slice(7).replace(alias, ""));
}

/** A sentence of ours, short, and without anything that looks like an address or a token. */
function mild(message: string): string {
  const words = message.slice(0, 300).split(/\s+/);
  return words.map((each) => (/@|eyJ/.test(each) ? "…" : each)).join(" ");
}
