import { closeSync, fstatSync, open, read } from "node:fs";
import { promisify } from "node:util";
import { stampOf } from "./aside.ts";
import { isNotThere } from "./folder.ts";

const calls = { open: promisify(open), read: promisify(read) };

export interface WholeFile {
  readonly bytes: Uint8Array;
  /** As `writeAside` told it of the file that was written. */
  readonly stamp: string;
}

/**
 * All bytes of a file; undefined where there is none. Throws whatever else the file system says. It takes two turns of libuv's
 * threads where Node's readFile takes four: they are what a reader waits for while others write.
 */
export async function wholeFile(path: string): Promise<WholeFile | undefined> {
  let handle: number;
  try {
    handle = await calls.open(path, "r");
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
  try {
    const status = fstatSync(handle, { bigint: true });
    const bytes = new Uint8Array(Number(status.size));
    let size = 0;
    for (let more = 1; more > 0 && size < bytes.length; size += more) {
      more = (await calls.read(handle, bytes, size, bytes.length - size, size)).bytesRead;
    }
    return { bytes: bytes.subarray(0, size), stamp: stampOf(status) };
  } finally {
    closeSync(handle);
  }
}
