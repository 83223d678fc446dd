import type { Writable } from "node:stream";
import type { Clock } from "../context/clock.ts";
import type { Line, ToldError } from "./line.ts";
import { isWritten, type Level, type Log } from "./log.ts";

/** Lines for a person at a terminal: `12:00:00 POST /commands 200 3.1 ms ada channel-general`. */
export function terminalLog({ clock, level, to }: { clock: Clock; level: Log["level"]; to: Writable }): Log {
  const log: Log = {
    level,
    write(at: Level, line: Line) {
      if (!isWritten(log, at)) return;
      to.write(`${new Date(clock.now()).toISOString().slice(11, 19)} ${color(at, words(line))}\n`);
    },
    async close() {},
  };
  return log;
}

const colors: Readonly<Record<Level, string | undefined>> = {
  debug: "2",
  info: undefined,
  warn: "33",
  error: "31",
};

function color(level: Level, text: string): string {
  const code = colors[level];
  return code === undefined ? text : `\u001b[${code}m${text}\u001b[0m`;
}

function words(line: Line): string {
  switch (line.event) {
    case "request": {
      const { method, route, status, ms, code, actor, stream, commands, requestId } = line;
      const many = commands === undefined ? undefined : `${commands} commands`;
      const id = status >= 500 ? requestId : undefined;
      return [method, route, status, `${ms} ms`, code, actor, stream, many, id].filter(isSaid).join(" ");
    }
    case "part": {
      const { part, what, view, stream, version, count, error } = line;
      const told = error && `\n${errorText(error)}`;
      return [part, what, view, stream, version, count, told].filter(isSaid).join(" ");
    }
    case "defect":
      return `defect ${line.requestId}\n${errorText(line.error)}`;
  }
}

const isSaid = (value: unknown) => value !== undefined;

function errorText({ name, code, message, at, cause }: ToldError): string {
  const head = `  ${name}${code ? ` ${code}` : ""}${message ? `: ${message}` : ""}`;
  const because = cause ? [`  because of\n${errorText(cause)}`] : [];
  return [head, ...at.map((place) => `    at ${place}`), ...because].join("\n");
}
