import type { Writable } from "node:stream";
import { pino } from "pino";
import type { Clock } from "../context/clock.ts";
import type { Line } from "./line.ts";
import { LineFile } from "./line_file.ts";
import type { Level, Log } from "./log.ts";

export interface PinoLogOptions {
  readonly clock: Clock;
  readonly level: Log["level"];
  /** A file, or a stream; standard output, if nothing is said. */
  readonly to?: string | Writable;
  /**
   * Is told when lines could not be written: where nobody reads any more, or no room is left. They are lost; whoever runs
   * the process reads so on standard error, if nothing is said.
   */
  readonly onLost?: (error: Error) => unknown;
}

const toldAside = ({ message }: Error) => process.stderr.write(`Lines of the log are lost: ${message}\n`);

/** Lines as JSON, one each: `{"level":"info","at":1772366400000,"event":"request",…}`, `at` in ms since 1970. */
export function pinoLog({ clock, level, to = "", onLost = toldAside }: PinoLogOptions): Log {
  const file = typeof to === "string" ? new LineFile(to || 1, onLost) : undefined;
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"at":${clock.now()}`,
      formatters: { level: (label) => ({ level: label }) },
    },
    file ?? (to as Writable),
  );
  return {
    level,
    write(at: Level, line: Line) {
      logger[at](line);
    },
    async close() {
      await file?.close();
    },
  };
}
