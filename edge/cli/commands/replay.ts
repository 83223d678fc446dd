import type { Command } from "commander";
import { type Cli, jsonLine, perform, type Shared } from "../cli.ts";
import { exitCodes } from "../exit_codes.ts";
import { figure } from "../show.ts";
import { table } from "../words.ts";
import { command } from "./command.ts";

const more = `
The new views are made beside the old ones from the whole log, while commands go on, and take their place at once when they
are whole. Streams that a view cannot be made of to their end are named, with exit code 1; all else is switched to.
`;

export function replayCommand(cli: Cli): Command {
  return command("replay", "rebuild all views from the log")
    .addHelpText("after", more)
    .action(async (options: Shared) => {
      const result = await perform(cli, options, { operation: "replay", options: {} });
      const stopped = Array.isArray(result.stopped) ? result.stopped : [];
      if (stopped.length > 0) cli.end(exitCodes.found);
      if (options.json) return cli.print(jsonLine(result));
      const { views, events, ms, moduleMs } = result;
      const rate = (Number(events) / Math.max(Number(ms), 1)) * 1000;
      const inside = (Number(moduleMs) / Math.max(Number(ms), 1)) * 100;
      await cli.print(
        `${figure(Number(views))} views of ${figure(Number(events))} events in ${figure(Number(ms))} ms: ` +
          `${figure(Math.round(rate))} events/s, ${Math.round(inside)} % of the time inside the rules\n` +
          table(stopped.map(({ view, stream, reason }) => [String(view), `${stream}: ${reason}`])),
      );
    });
}
