// The canonical bytes of a view: {"data":…,"checkpoint":{…},"projection":"…","domain":"…"}. In a text a quote is escaped, so
// what is looked for from the end is what it seems to be.

/** What events have made of the view, without how far it has heard and who wrote it. */
export function dataOf(bytes: Uint8Array): Uint8Array {
  return before(bytes, ',"checkpoint":');
}

/** All of it but the hash of the module that wrote it. */
export function withoutDomain(bytes: Uint8Array): Uint8Array {
  return before(bytes, ',"domain":"');
}

function before(bytes: Uint8Array, mark: string): Uint8Array {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(mark);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Where two views differ first, as a JSON pointer; empty where they do not. */
export function firstDifference(a: Uint8Array, b: Uint8Array): string {
  return differs(JSON.parse(decoder.decode(a)), JSON.parse(decoder.decode(b)), "") ?? "";
}

const decoder = new TextDecoder();

function differs(a: unknown, b: unknown, pointer: string): string | undefined {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b ? undefined : pointer;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  for (const [name, value] of left) {
    const found = differs(value, right.get(name), at(pointer, name));
    if (found !== undefined) return found;
    right.delete(name);
  }
  const [more] = right.keys();
  return more === undefined ? undefined : at(pointer, more);
}

function at(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
