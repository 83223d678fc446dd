import { hash } from "node:crypto";
import type { Actor } from "../domain.ts";

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

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Undefined where the bytes are no command at all: the module says in which way. */
export function receive(command: Uint8Array): Received | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decoder.decode(command));
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { id, stream, type, data } = parsed as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || typeof stream !== "string" || !mayBeUuid.test(id)) return undefined;
  return { id, stream, digest: hash("sha256", JSON.stringify([stream, type, inOrder(data)])) };
}

/** Members sorted by name, so that equal data is equal text. The reader has limited the depth, or will refuse it. */
function inOrder(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth > 32) return value;
  if (Array.isArray(value)) return value.map((each) => inOrder(each, depth + 1));
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, each]) => [name, inOrder(each, depth + 1)]));
}

/** The circumstances of a decision, as bytes. Roles are always there, so that equal circumstances are equal bytes. */
export function circumstances(at: number, { id, roles }: Actor, claimed: readonly string[]): Uint8Array {
  const facts = claimed.length > 0 ? { facts: { claimed } } : {};
  return Buffer.from(JSON.stringify({ at, actor: { id, roles: roles ?? [] }, ...facts }));
}
