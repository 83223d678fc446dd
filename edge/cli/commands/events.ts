import type { Command } from "commander";
import { type Cli, perform, type Shared } from "../cli.ts";
import { command, count } from "./command.ts";

const more = `
Prints the events as they are stored: canonical JSON, a line each, with or without --json.
`;

export function eventsCommand(cli: Cli): Command {
  return command("events", "print the events of a stream")
    .argument("<stream>", "such as channel-general")
    .option("--after <version>", "only those after it", count, 0)
    .option("--follow", "wait for more, until Ctrl-C")
    .addHelpText("after", more)
    .action(async (stream: string, options: Shared & { readonly after: number; readonly follow?: boolean }) => {
      const asked = { stream, after: options.after, follow: options.follow === true };
      await perform(cli, options, { operation: "events", options: asked, take: (event) => cli.print(`${event}\n`) });
    });
}
