import { Command, InvalidArgumentError, Option } from "commander";
import { defaultData } from "../folder.ts";

/** A command with what all of them may be told: see `Shared`. */
export function command(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .addOption(new Option("--data <dir>", "the data folder").env("CROWBAR_DATA").default(defaultData).argParser(folder))
    .option("--json", "answer in JSON, a line each");
}

function folder(path: string): string {
  if (path === "" || path.includes("\0")) throw new InvalidArgumentError("This is no folder.");
  return path;
}

/** A whole number of 0 or more on the command line. */
export function count(written: string): number {
  if (/^\d{1,15}$/.test(written)) return Number(written);
  throw new InvalidArgumentError("Give a whole number: 0, 1, 2, …");
}
