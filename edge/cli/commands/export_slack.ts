import { resolve } from "node:path";
import type { Command } from "commander";
import { type Cli, jsonLine, perform, type Shared } from "../cli.ts";
import { figure } from "../show.ts";
import { command } from "./command.ts";

const more = `
The archive has the layout of Slack's own; "crowbar import slack" makes the same channels, people and messages of it again.
Addresses of people are in it. What was deleted is told as deleted, without its text.
`;

export function exportSlackCommand(cli: Cli): Command {
  return command("slack", "write everything as an archive such as Slack's export makes")
    .argument("<zip>", "the file to write")
    .option("--overwrite", "replace the file if it is there")
    .addHelpText("after", more)
    .action(async (archive: string, options: Shared & { readonly overwrite?: boolean }) => {
      const asked = { archive: resolve(archive), overwrite: options.overwrite === true };
      const result = await perform(cli, options, { operation: "export_slack", options: asked });
      if (options.json) return cli.print(jsonLine(result));
      const { users, channels, messages, untold } = result;
      const told = `${figure(Number(channels))} channels, ${figure(Number(users))} people, ${figure(Number(messages))} messages`;
      const rest = Number(untold) > 0 ? `; ${figure(Number(untold))} events have no place in such an archive` : "";
      await cli.print(`${result.archive}: ${told}${rest}\n`);
    });
}
