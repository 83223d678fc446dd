import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { OperationFailed } from "./operation.ts";

/** Where a stack keeps its data when nobody says otherwise: in the current folder. CROWBAR_DATA names another place. */
export const defaultData = ".crowbar";

/**
 * Is there a log in this folder? Else whoever only looks would make one, and find that all is well with it.
 *
 * @throws OperationFailed `usage` where it is there and no folder.
 */
export function holdsLog(data: string): boolean {
  if (statSync(data, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new OperationFailed("usage", `${data} is no folder.`);
  }
  return existsSync(join(data, "log", "store.db"));
}

/** Longest path of a unix socket in bytes: macOS takes 103, Linux 107; a longer one would be cut short without a word. */
const longest = 103;

/**
 * The socket through which a running stack takes operations, as the shortest path from here.
 *
 * @throws OperationFailed `usage` where the folder lies so deep that no socket can be there.
 */
export function controlSocket(data: string): string {
  const absolute = join(resolve(data), "control.sock");
  const near = relative(process.cwd(), absolute);
  const path = near.length < absolute.length ? near : absolute;
  const bytes = Buffer.byteLength(path);
  if (bytes <= longest) return path;
  const message = `The data folder lies too deep: its socket's path has ${bytes} bytes, the limit is ${longest}: ${absolute}`;
  throw new OperationFailed("usage", message);
}
