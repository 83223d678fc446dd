import { Buffer } from "node:buffer";

// What is looked for stands where the core's writer puts it, or can stand nowhere else in JSON: a quote within a text is
// escaped there. So nothing has to be parsed in order to count and to trace.

const idAt = '{"id":"'.length;
const uuidLength = 36;

/** The id of the command that an event came of: an event's id is `<command id>.<index>`, and its first member. */
export function commandOf(event: Uint8Array): string {
  return seenAs(event).toString("latin1", idAt, idAt + uuidLength);
}

/** The moment of an event, in ms since 1970; undefined where none can be found. */
export function momentOf(event: Uint8Array): number | undefined {
  const moment = Number.parseInt(after(seenAs(event), ',"at":', 16) ?? "", 10);
  return Number.isSafeInteger(moment) ? moment : undefined;
}

/** The type that a command says, however it is written; empty where none is found. */
export function typeOf(command: Uint8Array): string {
  const bytes = seenAs(command);
  for (let at = 0; ; at += 1) {
    at = bytes.indexOf('"type"', at);
    if (at < 0) return "";
    // As a value it has no colon behind it.
    const found = /^"type"\s*:\s*"([a-z0-9_]{1,64})"/.exec(bytes.toString("latin1", at, at + 100));
    if (found?.[1] !== undefined) return found[1];
  }
}

/** Of a canonical verdict: `accepted`, `unchanged`, or the code of the rejection. */
export function outcomeOf(verdict: Uint8Array): string {
  const bytes = seenAs(verdict);
  if (after(bytes, '{"accepted":', 4) === "true") {
    return after(bytes, '"events":', 2) === "[]" ? "unchanged" : "accepted";
  }
  return /^[a-z0-9_]+(?=")/.exec(after(bytes, '"code":"', 65) ?? "")?.[0] ?? "";
}

function after(bytes: Buffer, sign: string, length: number): string | undefined {
  const at = bytes.indexOf(sign);
  return at < 0 ? undefined : bytes.toString("latin1", at + sign.length, at + sign.length + length);
}

const seenAs = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
