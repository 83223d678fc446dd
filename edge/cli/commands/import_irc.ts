import { resolve } from "node:path";
import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { figure } from "../show.ts";
import { command } from "./command.ts";
import { counts, type ImportOptions, importing } from "./importing.ts";

const more = `
The folder has a file a day, such as 2004-12-25.txt, in UTF-8, with lines of these forms:
  [09:03] <MKR> You'll need to do it from a livecd          a message
  [09:05] * MasseR waves                                    an action; it becomes the message "/me waves"
  === MasseR waves                                          an action too, where a MasseR was seen in the channel that day
  === foo [host]  has joined #ubuntu                        a join
  === foo [host]  has left #ubuntu []                       a leave
  === foo is now known as bar                               a rename: the same person from then on, until the day's end
Times are UTC. Who is seen for the first time registers, as irc-<nick>; who was not seen joining joins at their first line.
What has another form, or is refused by a rule, is left out and named; the rest goes on. Run again, it adds nothing that is
there, and goes on where it was interrupted.
`;

export function importIrcCommand(cli: Cli): Command {
  return command("irc", "take in the log of an IRC channel")
    .argument("<dir>", "the folder with its files")
    .requiredOption("--channel <name>", "the channel to make of it: 1 to 80 of a-z, 0-9, - and _")
    .option("--owner <id>", "the user who opens the channel", "irc.importer")
    .option("--report <file>", "write what was left out there, a line of JSON each")
    .option("--strict", "exit code 1 where anything was left out")
    .addHelpText("after", more)
    .action(async (folder: string, options: ImportOptions & { readonly channel: string; readonly owner: string }) => {
      const { channel, owner } = options;
      const asked = { folder: resolve(folder), channel, owner };
      const result = await importing(cli, options, { operation: "import_irc", options: asked });
      if (options.json) return;
      const { lines, files, people } = result;
      const what = `${figure(Number(lines))} lines of ${figure(Number(files))} files, ${figure(Number(people))} people`;
      await cli.print(`${result.stream}: ${what}\n${counts(result)}`);
    });
}
