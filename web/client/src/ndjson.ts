const newline = 10;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** The lines of NDJSON bytes. */
export const linesOf = (bytes: Uint8Array): string[] => textOf(bytes).split("\n").filter(Boolean);

/** The last lines of NDJSON bytes, so many at most: a long stream is not made text of. */
export function lastLines(bytes: Uint8Array, most: number): Uint8Array {
  let at = bytes.length;
  for (let left = bytes.at(-1) === newline ? most + 1 : most; left > 0 && at >= 0; left -= 1) {
    at = at === 0 ? -1 : bytes.lastIndexOf(newline, at - 1);
  }
  return bytes.subarray(at + 1);
}

/** NDJSON bytes without their first lines. */
export function withoutLines(bytes: Uint8Array, count: number): Uint8Array {
  let at = 0;
  for (let left = count; left > 0 && at < bytes.length; left -= 1) {
    const end = bytes.indexOf(newline, at);
    at = end < 0 ? bytes.length : end + 1;
  }
  return bytes.subarray(at);
}
