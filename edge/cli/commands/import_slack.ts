import { resolve } from "node:path";
import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { command } from "./command.ts";
import { counts, type ImportOptions, importing } from "./importing.ts";

const more = `
The archive is what Slack's "Export data" makes, or "crowbar export slack": users.json, channels.json and a file a day for
each channel. Public channels with their people, joins, leaves, messages, edits, threads (as answers) and reactions are
taken; files, attachments and private conversations are not. What is left out is named; the rest goes on. Run again, or with
a later archive of the same workspace, it adds only what is new.

Names of emoji are GitHub's and Slack's own; a workspace's own emoji are left out. Of a message that was edited, Slack does
not say what it said first: that it was edited, and when, is kept.
`;

export function importSlackCommand(cli: Cli): Command {
  return command("slack", "take in an archive of Slack's export")
    .argument("<zip>", "the archive")
    .option("--report <file>", "write what was left out there, a line of JSON each")
    .option("--strict", "exit code 1 where anything was left out")
    .addHelpText("after", more)
    .action(async (archive: string, options: ImportOptions) => {
      const asked = { archive: resolve(archive) };
      const result = await importing(cli, options, { operation: "import_slack", options: asked });
      if (!options.json) await cli.print(counts(result));
    });
}
