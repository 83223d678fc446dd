import type { Line } from "./line.ts";

export const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

/** The port to where lines go. */
export interface Log {
  /** Least level that is written; whoever makes lines need not make the others. */
  readonly level: Level | "silent";
  write(level: Level, line: Line): void;
  /** Resolves when everything is handed over to the system. */
  close(): Promise<void>;
}

/** Is a line of that level written? */
export function isWritten(log: Log, level: Level): boolean {
  return log.level !== "silent" && levels.indexOf(level) >= levels.indexOf(log.level);
}

/** The level that `LOG_LEVEL` says; `info` where it says nothing. Throws where it says something else. */
export function levelOf(text: string | undefined): Log["level"] {
  if (text === undefined || text === "") return "info";
  const level = [...levels, "silent" as const].find((each) => each === text);
  if (level === undefined) throw new RangeError(`LOG_LEVEL is "${text}"; it has to be ${levels.join(", ")} or silent.`);
  return level;
}
