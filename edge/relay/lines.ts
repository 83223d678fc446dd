const lineEnd = 10;

/** The lines of NDJSON, without their ends. */
export function* linesOf(ndjson: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < ndjson.length; ) {
    const found = ndjson.indexOf(lineEnd, at);
    const end = found < 0 ? ndjson.length : found;
    if (end > at) yield ndjson.subarray(at, end);
    at = end + 1;
  }
}
