import { closeSync, fstatSync, fsync, open, unlink, write } from "node:fs";
import { promisify } from "node:util";
import { Slots } from "./slots.ts";

/** What a file written beside another one ends in until it takes its place; one that is left over is of a crash. */
export const asideEnding = ".tmp";

export interface Aside {
  readonly path: string;
  /** Tells this file from every other one that may lie in its place. */
  readonly stamp: string;
}

const calls = { open: promisify(open), write: promisify(write), fsync: promisify(fsync), unlink: promisify(unlink) };
/** An fsync holds one of libuv's threads for milliseconds; some are left for those who read. */
const syncs = new Slots(Math.max(2, Number(process.env.UV_THREADPOOL_SIZE ?? 4) - 2));
const ownerOnly = 0o600;
/** A new file, readable too: the tests' faults look through it at what a loss of power would leave. */
const anew = "wx+";
let count = 0;

/**
 * Writes a file beside the one that it is to replace, and makes it durable (fsync). Throws the file system's error, and
 * leaves nothing then.
 */
export async function writeAside(file: string, bytes: Uint8Array): Promise<Aside> {
  const path = pathAside(file);
  const handle = await calls.open(path, anew, ownerOnly);
  try {
    return { path, stamp: await filled(handle, bytes) };
  } catch (error) {
    await discard(path);
    throw error;
  }
}

async function filled(handle: number, bytes: Uint8Array): Promise<string> {
  try {
    for (let at = 0; at < bytes.length; ) {
      at += (await calls.write(handle, bytes, at, bytes.length - at, at)).bytesWritten;
    }
    await syncs.run(() => calls.fsync(handle));
    return stampOf(fstatSync(handle, { bigint: true }));
  } finally {
    closeSync(handle);
  }
}

/** Removes a file that was written aside. Where that fails it does no harm: opening the views clears what is left over. */
export async function discard(path: string): Promise<void> {
  await calls.unlink(path).catch(() => undefined);
}

export function stampOf({
  ino,
  size,
  mtimeNs,
}: {
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}) {
  return `${ino}-${size}-${mtimeNs}`;
}

function pathAside(file: string): string {
  count += 1;
  return `${file}.${process.pid}-${count}${asideEnding}`;
}
