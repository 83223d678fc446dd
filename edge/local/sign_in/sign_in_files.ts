import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The files of sign-in are not what was written, or cannot be used. The message names the file. */
export class SignInFilesDamaged extends Error {
  override readonly name = "SignInFilesDamaged";
}

/** Makes the folder in which sign-in keeps its secrets: for its owner alone. */
export function openFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/**
 * Writes a file that is not there yet, whole or not at all, for its owner alone. Answers false where another process was
 * first: its file stays.
 */
export function createFile(folder: string, name: string, text: string): boolean {
  const draft = join(folder, `${name}.${process.pid}.draft`);
  rmSync(draft, { force: true });
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
  const directory = openSync(folder, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
  return true;
}

/**
 * Opens the database of people and of what they were given. A power cut may cost the last sign-ins and nothing else, since
 * a person's id is made of the name; so it need not wait for the disk each time.
 */
export function openDatabase(folder: string): DatabaseSync {
  const path = join(folder, "sign_in.sqlite");
  try {
    // SQLite would make the file for everybody to read; what lies beside it takes over its mode.
    closeSync(openSync(path, "a", 0o600));
    chmodSync(path, 0o600);
    const database = new DatabaseSync(path, { timeout: 2_000 });
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    const { quick_check: found } = database.prepare("PRAGMA quick_check(1)").get() ?? {};
    if (found === "ok") return database;
    database.close();
    throw new Error(String(found));
  } catch (cause) {
    throw new SignInFilesDamaged(
      `${path} cannot be used: ${(cause as Error).message}. Without it everybody signs in anew, with the same ids.`,
      { cause },
    );
  }
}
