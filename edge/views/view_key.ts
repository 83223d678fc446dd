/** A segment as the core writes it: an id, a projection's name, a page's number, or a stream's name (`channel-channel-x`). */
const segment = "[A-Za-z0-9_][A-Za-z0-9._:@~-]{0,255}";
const form = new RegExp(`^${segment}(?:/${segment}){0,7}$`);

/** Could this be the key of a view? Nothing else may come near a file's name. */
export function isViewKey(text: string): boolean {
  return form.test(text);
}

/** @throws TypeError where the key is none: whoever asks with it has a bug. */
export function checkViewKey(key: string): void {
  if (!isViewKey(key)) throw new TypeError(`${JSON.stringify(key.slice(0, 300))} is no key of a view.`);
}
