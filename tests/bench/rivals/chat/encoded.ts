const encoder = new TextEncoder();
const scratch = new Uint8Array(262_144);

/** UTF-8 of a text, in memory that the next call may use again: a fresh array costs three times as much. */
export const encoded = (text: string): Uint8Array =>
  text.length * 3 > scratch.length
    ? encoder.encode(text)
    : scratch.subarray(0, encoder.encodeInto(text, scratch).written);
