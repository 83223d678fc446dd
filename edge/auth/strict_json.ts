import type { Domain } from "../domain.ts";

/** Members of a JSON object. No prototype: a member called `__proto__` or `toString` is one like others, or absent. */
export type Members = { readonly [name: string]: unknown };

/**
 * Reads a JSON object as strictly as commands are read, by the same reader: UTF-8, no key twice, no fraction, no more
 * than 32 levels. Undefined where it is none.
 */
export function readMembers(check: Domain["check"], json: Uint8Array): Members | undefined {
  if (check(json) !== undefined) return undefined;
  const value: unknown = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.assign(Object.create(null), value);
}
