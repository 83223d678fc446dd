import { StoreDamaged, StoreUnavailable } from "../event_store.ts";

// https://www.sqlite.org/rescode.html; the low byte of an extended code is its kind.
const kinds = {
  busy: [5, 6],
  full: [13],
  damaged: [11, 19, 26],
  io: [3, 7, 8, 10, 14, 15, 22],
} as const;

/**
 * What an error of SQLite, or of the file system, means to the port. Anything else that was thrown is a bug of ours and passes unchanged.
 *
 * Damaged is also what breaks a constraint: the log is written by one process whose checks came before, so a row that is
 * there already has been changed by something else.
 */
export function failure(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const { message } = error;
  if ("syscall" in error) {
    const reason = error.code === "ENOSPC" || error.code === "EDQUOT" ? "full" : "io";
    return new StoreUnavailable(reason, `${file}: ${message}`, { cause: error });
  }
  // A number that the store would never write.
  if (error.code === "ERR_OUT_OF_RANGE") return new StoreDamaged(`file ${file}`, `${file}: ${message}`);
  if (error.code !== "ERR_SQLITE_ERROR") return error;
  const code = "errcode" in error ? Number(error.errcode) : 0;
  const is = (kind: readonly number[]) => kind.includes(code & 0xff);
  const told = `${file}: ${message} (SQLite ${code})`;
  if (is(kinds.damaged)) return new StoreDamaged(`file ${file}`, told);
  if (is(kinds.full)) return new StoreUnavailable("full", `There is no room left for ${told}.`, { cause: error });
  if (is(kinds.busy)) return new StoreUnavailable("busy", told, { cause: error });
  if (is(kinds.io)) return new StoreUnavailable("io", told, { cause: error });
  return error;
}

/** Calls, and says of damage which record it struck, where SQLite can only name the file. */
export function naming<Answer>(what: string, call: () => Answer): Answer {
  try {
    return call();
  } catch (error) {
    if (error instanceof StoreDamaged) throw new StoreDamaged(what, `${what}: ${error.message}`);
    throw error;
  }
}
