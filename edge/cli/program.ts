import { Command, CommanderError } from "commander";
import { type Cli, type ExitCode, jsonLine } from "./cli.ts";
import { eventsCommand } from "./commands/events.ts";
import { exportSlackCommand } from "./commands/export_slack.ts";
import { importIrcCommand } from "./commands/import_irc.ts";
import { importSlackCommand } from "./commands/import_slack.ts";
import { redriveCommand } from "./commands/redrive.ts";
import { replayCommand } from "./commands/replay.ts";
import { statsCommand } from "./commands/stats.ts";
import { tokenCommand } from "./commands/token.ts";
import { verifyCommand } from "./commands/verify.ts";
import { exitCodes } from "./exit_codes.ts";
import { failureOf } from "./failures.ts";
import type { FailureReason } from "./operation.ts";
import { printable } from "./words.ts";

const codeOf = {
  usage: exitCodes.usage,
  unavailable: exitCodes.unavailable,
  interrupted: exitCodes.interrupted,
  damaged: exitCodes.found,
  defect: exitCodes.defect,
} as const satisfies Record<FailureReason, ExitCode>;

const more = `
WHERE
  Each command works on one data folder: --data DIR, or CROWBAR_DATA, or .crowbar in the current folder. Where a stack runs
  on it ("npm start"), that process carries the command out; a folder is never opened twice.

EXIT CODES
  0   done
  1   something is wrong with what is stored; or --strict was given, and some input was left out
  2   the command line is wrong, or what it names is not there or not what it should be
  3   the data are in use or cannot be read or written now: wait, and run it again
  70  a mistake of ours
  130 interrupted: what was begun goes on when it is run again
`;

/** The whole program. */
export function program(cli: Cli): Command {
  const top = new Command("crowbar")
    .description("Takes chats in and out, and looks after their events and views.")
    .addHelpText("after", more)
    .helpCommand(false)
    .showHelpAfterError("(crowbar --help says more)");
  const group = (name: string, description: string, commands: readonly Command[]) => {
    const parent = new Command(name).description(description).helpCommand(false);
    for (const command of commands) parent.addCommand(command);
    top.addCommand(parent);
  };
  group("import", "take a chat's history in", [importIrcCommand(cli), importSlackCommand(cli)]);
  group("export", "give a chat's history out", [exportSlackCommand(cli)]);
  for (const make of [verifyCommand, replayCommand, eventsCommand, redriveCommand, statsCommand, tokenCommand]) {
    top.addCommand(make(cli));
  }
  quiet(top, cli);
  return top;
}

// Commander answers with an error in place of ending the process, and writes where the program writes.
function quiet(command: Command, cli: Cli): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void cli.print(text),
    writeErr: (text) => void cli.screen.write(text),
    getErrHelpWidth: () => 110,
    getOutHelpWidth: () => 110,
  });
  for (const child of command.commands) quiet(child, cli);
}

/** Runs a command line, without the program's name, and answers the exit code. Never rejects. */
export async function perform(args: readonly string[], cli: Omit<Cli, "end">): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done;
  const end = (said: ExitCode) => {
    code = said;
  };
  try {
    await program({ ...cli, end }).parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { reason, message } = failureOf(error);
    cli.screen.write(`crowbar: ${printable(message)}\n`);
    if (args.includes("--json")) await cli.print(jsonLine({ failure: { reason, message } }));
    return codeOf[reason];
  }
}
