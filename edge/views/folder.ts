import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What lies beneath a folder: paths from there, with `/`; the folder itself is not among them. */
export interface Folder {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Looks through a folder and those in it. Throws the file system's error. */
export async function lookThrough(root: string): Promise<Folder> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/");
    (entry.isDirectory() ? folders : files).push(path);
  }
  return { files, folders };
}

/** Did the file system say that there is no such file? Whatever else it says is no answer at all. */
export const isNotThere = (error: unknown) => codeOf(error) === "ENOENT";
/** Did it say that there is one already? */
export const isThere = (error: unknown) => codeOf(error) === "EEXIST";

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
