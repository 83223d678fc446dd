import type { Command } from "commander";
import { type Cli, jsonLine, perform, type Shared } from "../cli.ts";
import { exitCodes } from "../exit_codes.ts";
import { figure } from "../show.ts";
import { figures, members, printable, sum } from "../words.ts";
import { command } from "./command.ts";

const more = `
Checked are: every stored record against its checksum; every command that is remembered, which the domain decides again on
the state that the events before it make: the same verdict, and the events of that verdict in the log and no others;
snapshots, and names that are held; every view, which has to be the fold of the log, and not ahead of it.

Each finding is named: <code> <what>: <why>. Commands may go on meanwhile.
`;

export function verifyCommand(cli: Cli): Command {
  return command("verify", "check everything that is stored")
    .addHelpText("after", more)
    .action(async (options: Shared) => {
      const result = await perform(cli, options, {
        operation: "verify",
        options: {},
        take: async (item) => {
          const { code, what, message } = members(members(item).finding);
          await cli.print(options.json ? jsonLine(item) : `${printable(`${code} ${what}: ${message}`)}\n`);
        },
      });
      const found = sum(members(result.findings));
      if (found > 0) cli.end(exitCodes.found);
      if (options.json) return cli.print(jsonLine(result));
      const { streams, commands, events, views } = result;
      await cli.print(
        found === 0
          ? `All is well: ${figures({ streams, commands, events, views } as typeof result)}\n`
          : `${figure(found)} findings: ${figures(members(result.findings))}\n`,
      );
    });
}
