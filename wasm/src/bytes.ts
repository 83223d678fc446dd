import type { Events } from "./types.ts";

export const encoder = new TextEncoder();
/** What is written is read: U+FEFF at the beginning is a character like others. */
export const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const loneSurrogate = /\p{Surrogate}/u;
const anySurrogate = /\p{Surrogate}/gu;

// Half a surrogate pair made visible: an encoder would put U+FFFD in its place without a word, and another text than
// the caller's would be decided. As an escape the strict reader refuses it by name.
export function wellFormed(text: string): string {
  const checked = text as string & { isWellFormed?(): boolean };
  if (checked.isWellFormed ? checked.isWellFormed() : !loneSurrogate.test(text)) return text;
  return text.replace(anySurrogate, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** UTF-8 of a text, in which half a surrogate pair stays visible. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(wellFormed(text));
}

/** Node's own view of memory reads a text out of it without a view of just that text. */
export interface NodeBuffer {
  toString(encoding: "utf8", start: number, end: number): string;
}
export function bufferOver(memory: ArrayBufferLike): NodeBuffer | undefined {
  // By name of the global object, so that no bundler brings a Buffer of its own.
  const host = globalThis as { Buffer?: { from(memory: ArrayBufferLike): NodeBuffer } };
  return host.Buffer?.from(memory);
}

export const newline = 10;

export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** Stored events as NDJSON bytes. */
export function ndjson(events: Events): Uint8Array {
  if (events instanceof Uint8Array) return events;
  if (typeof events === "string") return bytesOf(events);
  return bytesOf(events.map((event) => JSON.stringify(event)).join("\n"));
}
