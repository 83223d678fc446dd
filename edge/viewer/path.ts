/** What stands between two slashes once it is decoded: an id of the domain, a page's number, a file's name. */
const segment = /^[A-Za-z0-9._:@~-]+$/;
const plain = /^\/[A-Za-z0-9_:@~-]+$/;

/**
 * The path as every door here means it, decoded once; undefined where it is not well formed. No path that is served needs
 * an encoded slash, a dot segment, a percent sign, a control character or a letter beyond ASCII: so none of them gets
 * through to somebody who might read it in another way.
 */
export function readPath(uri: string): string | undefined {
  if (plain.test(uri)) return uri;
  if (!uri.startsWith("/")) return undefined;
  const segments = uri.slice(1).split("/").map(decoded);
  const last = segments.length - 1;
  const wellFormed = segments.every((text, index) => (text === "" ? index === last : isName(text)));
  return wellFormed ? `/${segments.join("/")}` : undefined;
}

const isName = (text: string | undefined) => text !== undefined && segment.test(text) && text !== "." && text !== "..";

function decoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
