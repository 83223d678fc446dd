// Where the view of a key lies: `messages/general/1` in messages/general/1.json. Different keys have different files on every
// file system, whether it tells upper from lower case or not, and each file gives its key back.

import { isViewKey } from "./view_key.ts";

const extension = ".json";
/** A file's name has at most 255 bytes; what is longer goes on in a folder whose name ends in `+`. */
const longest = 200;
/** Names that Windows keeps for devices, whatever their extension. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The path of a view's file, beneath its generation's folder, with `/`. The key is one (`isViewKey`). */
export function fileOfKey(key: string): string {
  return `${key.split("/").map(nameOf).join("/")}${extension}`;
}

/** The key whose file that is; undefined for a file that no key has. */
export function keyOfFile(path: string): string | undefined {
  if (!path.endsWith(extension)) return undefined;
  const key = path
    .slice(0, -extension.length)
    .replaceAll("+/", "")
    .replaceAll(/=([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll(/=([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return isViewKey(key) && fileOfKey(key) === path ? key : undefined;
}

/** Small letters, digits, `-` and `_` stand for themselves; `=a` is A, `=2e` is a dot. */
function nameOf(segment: string): string {
  const name = segment.replaceAll(/[^a-z0-9_-]/g, (sign) =>
    sign >= "A" && sign <= "Z" ? `=${sign.toLowerCase()}` : escaped(sign),
  );
  const safe = device.test(name) ? escaped(name.charAt(0)) + name.slice(1) : name;
  return safe.match(new RegExp(`.{1,${longest}}`, "g"))?.join("+/") ?? "";
}

const escaped = (sign: string) => `=${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
