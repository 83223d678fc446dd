import type { Command } from "commander";
import { type Cli, jsonLine, perform, type Shared } from "../cli.ts";
import { exitCodes } from "../exit_codes.ts";
import { figure } from "../show.ts";
import { members } from "../words.ts";
import { command } from "./command.ts";

const more = `
A stream is halted for a view at an event that cannot be projected to it ("crowbar stats" names them). When the cause is
mended, this lets it go on. What is still halted after that is named, with exit code 1.
`;

export function redriveCommand(cli: Cli): Command {
  return command("redrive", "let streams go on that were halted for a view")
    .argument("[view]", "only for that view, such as channel/general")
    .addHelpText("after", more)
    .action(async (view: string | undefined, options: Shared) => {
      const result = await perform(cli, options, { operation: "redrive", options: view === undefined ? {} : { view } });
      const halted = Array.isArray(result.halted) ? result.halted.map(members) : [];
      if (halted.length > 0) cli.end(exitCodes.found);
      if (options.json) return cli.print(jsonLine(result));
      await cli.print(`${figure(Number(result.redriven))} let go on, ${figure(halted.length)} still halted\n`);
      for (const { group, stream, version, reason } of halted) {
        await cli.print(`  ${group}: ${stream} at ${version}: ${reason}\n`);
      }
    });
}
