import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { linesOf } from "../lines.ts";
import { OperationFailed } from "../operation.ts";
import { dayOf, type Span } from "./day.ts";

/** A file of a log: one day. */
export interface LogFile {
  readonly name: string;
  readonly path: string;
  readonly day: string;
}

/** What else lies in the folder, and why it is left out. */
export interface Stray {
  readonly file: string;
  readonly message: string;
}

/** A line longer than this is not held: a command could not take it. */
export const longestLine = 1 << 20;

/**
 * The days in a folder, in order.
 *
 * @throws OperationFailed `usage` where there is no such folder, or no day in it.
 */
export async function logFiles(
  folder: string,
): Promise<{ readonly files: readonly LogFile[]; readonly strays: readonly Stray[] }> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const why = { ENOENT: "is not there", ENOTDIR: "is no folder" }[error.code ?? ""];
    throw new OperationFailed("usage", `${folder} ${why ?? `cannot be read: ${error.message}`}.`);
  });
  const files = new Map<string, LogFile>();
  const strays: Stray[] = [];
  for (const name of entries.sort()) {
    const path = join(folder, name);
    const day = dayOf(name);
    const other = day === undefined ? undefined : files.get(day);
    if (day === undefined) strays.push({ file: name, message: "Its name is no day, such as 2004-12-25.txt." });
    else if (!(await isFile(path))) strays.push({ file: name, message: "It is no file." });
    else if (other !== undefined) strays.push({ file: name, message: `${day} is in ${other.name} already.` });
    else files.set(day, { name, day, path });
  }
  if (files.size > 0) return { files: [...files.values()], strays };
  throw new OperationFailed("usage", `There is no log in ${folder}: a file a day, named such as 2004-12-25.txt.`);
}

/** A pipe would be waited for, a device never end. */
async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}

/** The lines of a file as bytes, without their ends; `undefined` for one that is too long. */
export async function* linesOfFile({ path }: LogFile): AsyncGenerator<Uint8Array | undefined> {
  try {
    yield* linesOf(createReadStream(path), longestLine);
  } catch (error) {
    throw new OperationFailed("usage", `${path} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

/** How many lines a file has, and of which minutes. */
export async function survey(file: LogFile): Promise<Span & { readonly lines: number }> {
  let lines = 0;
  let first: number | undefined;
  let latest = 0;
  for await (const line of linesOfFile(file)) {
    lines += 1;
    const time = /^\[(\d\d):(\d\d)\]/.exec(Buffer.from(line ?? []).toString("latin1", 0, 7));
    if (time === null) continue;
    const minute = Number(time[1]) * 60 + Number(time[2]);
    first ??= minute;
    latest = Math.max(latest, minute);
  }
  return { lines, first: first ?? 0, latest };
}
