import { hash } from "node:crypto";
import type { Actor } from "../domain.ts";
import { commandText } from "./command_text.ts";

/** What has to be known of a command before its stream is opened; the module reads the rest, and this again. */
export interface Received {
  readonly id: string;
  readonly stream: string;
  /** sha-256 of what is asked, whatever the order and layout of its members, and without the expected version: a
   *  client that folds and decides again sends the same command. */
  readonly digest: string;
}

/** The store is asked for nothing that cannot be an id. */
const mayBeUuid = /^[0-9a-f-]{36}$/;

/** Undefined where the bytes are no command at all: the module says in which way. */
export function receive(command: Uint8Array): Received | undefined {
  const text = commandText(command);
  if (text === undefined || !mayBeUuid.test(text.id)) return undefined;
  const { id, stream, type, data } = text;
  const asked = inOrder([type, data], 0);
  if (asked === tooDeep) return undefined;
  return { id, stream, digest: hash("sha256", JSON.stringify([stream, asked])) };
}

/** Deeper than the reader takes, counted so that nothing here runs out of stack. */
const tooDeep = Symbol("too deep");
const deepest = 40;

/** Members sorted by name, so that equal data is equal text. */
function inOrder(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) return tooDeep;
  if (Array.isArray(value)) {
    const list = value.map((each) => inOrder(each, depth + 1));
    return list.includes(tooDeep) ? tooDeep : list;
  }
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const ordered = members.map(([name, each]) => [name, inOrder(each, depth + 1)] as const);
  return ordered.some(([, each]) => each === tooDeep) ? tooDeep : Object.fromEntries(ordered);
}

/** The circumstances of a decision, as bytes. Roles are always there, so that equal circumstances are equal bytes. */
export function circumstances(at: number, { id, roles }: Actor, claimed: readonly string[]): Uint8Array {
  const facts = claimed.length > 0 ? { facts: { claimed } } : {};
  return Buffer.from(JSON.stringify({ at, actor: { id, roles: roles ?? [] }, ...facts }));
}
