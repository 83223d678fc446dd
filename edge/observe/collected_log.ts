import type { Line } from "./line.ts";
import { type Level, type Log, levels } from "./log.ts";

/** Keeps lines for tests to look at. */
export class CollectedLog implements Log {
  readonly level: Log["level"];
  readonly lines: { readonly level: Level; readonly line: Line }[] = [];

  constructor(level: Log["level"] = "debug") {
    this.level = level;
  }

  write(level: Level, line: Line): void {
    if (this.level !== "silent" && levels.indexOf(level) >= levels.indexOf(this.level))
      this.lines.push({ level, line });
  }

  async close(): Promise<void> {}
}
