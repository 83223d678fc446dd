import { Command, InvalidArgumentError, Option } from "commander";
import { defaultData } from "../folder.ts";

/** A command with what all of them may be told: see `Shared`. */
export function command(name: string, summary: string): Command {
  const data = new Option("--data <dir>", "the data folder").default(defaultData).argParser(folder);
  // Said to be nothing is not said.
  if (process.env.CROWBAR_DATA !== "") data.env("CROWBAR_DATA");
  return new Command(name).description(summary).addOption(data).option("--json", "answer in JSON, a line each");
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
