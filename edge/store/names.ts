/** @throws TypeError where a part of the store would not hold this text unchanged, or could take it for another. */
export function checkName(name: string): void {
  if (typeof name !== "string" || name === "" || name.includes("\0") || !name.isWellFormed()) {
    throw new TypeError(`${JSON.stringify(name)} is no name: at least one character, no NUL, no lone surrogate.`);
  }
}

/** @throws RangeError where this is no version, position or offset. */
export function checkWhole(number: number): void {
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${number} is none of 0, 1, 2, …`);
}

/** The order of names everywhere: by their UTF-8 bytes, which is not that of JavaScript's strings. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
