import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the process that has a folder notes its number, for the message to the next one. The lock is SQLite's. */
const nameOf = (folder: string) => join(folder, "store.pid");

export function noteHolder(folder: string): void {
  writeFileSync(nameOf(folder), `${process.pid}\n`);
}

export function forgetHolder(folder: string): void {
  rmSync(nameOf(folder), { force: true });
}

/** `process 123`, as far as it is known. */
export function holderOf(folder: string): string {
  try {
    const pid = Number(readFileSync(nameOf(folder), "utf8"));
    if (Number.isSafeInteger(pid) && pid > 0) return pid === process.pid ? `this process (${pid})` : `process ${pid}`;
  } catch {
    // It is only a word in a message.
  }
  return "another process";
}
