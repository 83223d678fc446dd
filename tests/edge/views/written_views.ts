// Views whose bytes tell whether they are whole: each says its key and its number, again and again.
import assert from "node:assert/strict";

export const keysWritten = ["allchannels", "channel/general", "messages/general/1", "messages/general/2"] as const;

/** The bytes of a view: of different lengths, up to half a megabyte. */
export function contentOf(key: string, number: number): Buffer {
  const line = `${key} ${number}\n`;
  return Buffer.from(line.repeat(1 + ((number * 7_919) % 20_000)));
}

/** The number of a view that was read; an error where its bytes are none that were ever written. */
export function numberOf(key: string, bytes: Uint8Array): number {
  const [line = ""] = Buffer.from(bytes).toString().split("\n", 1);
  const number = Number(line.slice(key.length + 1));
  assert.ok(Number.isSafeInteger(number) && Buffer.compare(bytes, contentOf(key, number)) === 0, `${key} is torn`);
  return number;
}
