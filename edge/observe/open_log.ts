import type { WriteStream } from "node:tty";
import type { Clock } from "../context/clock.ts";
import { type Log, levelOf } from "./log.ts";
import { pinoLog } from "./pino_log.ts";
import { terminalLog } from "./terminal_log.ts";

/**
 * The log of a process: words for a person at a terminal, JSON for everybody else, down to what `LOG_LEVEL` says. Throws a
 * RangeError where that is no level.
 */
export function openLog(clock: Clock, environment: NodeJS.ProcessEnv, out: WriteStream = process.stdout): Log {
  const level = levelOf(environment.LOG_LEVEL);
  if (out.isTTY) return terminalLog({ clock, level, to: out });
  const onLost = ({ message }: Error) => process.stderr.write(`Lines of the log are lost: ${message}\n`);
  return pinoLog({ clock, level, onLost });
}
