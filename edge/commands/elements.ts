const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

const opens = (byte: number) => byte === 0x5b || byte === 0x7b;
const closes = (byte: number) => byte === 0x5d || byte === 0x7d;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * The elements of a JSON array as the bytes that they are, without the space around them; `at` is where its `[` stands.
 * The text has to be JSON already (the module checks it, or wrote it): what is stored and hashed as bytes is cut out of
 * them, never written again.
 */
export function elements(json: Uint8Array, at = 0): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let depth = 0;
  let start = at + 1;
  for (let i = at; i < json.length; i += 1) {
    const byte = json[i] as number;
    if (byte === quote) {
      i = endOfText(json, i);
    } else if (opens(byte)) {
      depth += 1;
    } else if (closes(byte)) {
      depth -= 1;
      if (depth === 0) {
        const last = trimmed(json, start, i);
        if (last.length > 0) found.push(last);
        return found;
      }
    } else if (byte === comma && depth === 1) {
      found.push(trimmed(json, start, i));
      start = i + 1;
    }
  }
  return found;
}

function endOfText(json: Uint8Array, from: number): number {
  let i = json.indexOf(quote, from + 1);
  while (i >= 0 && escaped(json, i)) i = json.indexOf(quote, i + 1);
  return i < 0 ? json.length : i;
}

function escaped(json: Uint8Array, quoteAt: number): boolean {
  let backslashes = 0;
  while (json[quoteAt - 1 - backslashes] === backslash) backslashes += 1;
  return backslashes % 2 === 1;
}

function trimmed(json: Uint8Array, from: number, to: number): Uint8Array {
  let start = from;
  let end = to;
  while (start < end && isSpace(json[start] as number)) start += 1;
  while (end > start && isSpace(json[end - 1] as number)) end -= 1;
  return json.subarray(start, end);
}
