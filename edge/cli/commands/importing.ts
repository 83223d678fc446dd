import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { type Cli, jsonLine, perform, type Shared, type Work } from "../cli.ts";
import { exitCodes } from "../exit_codes.ts";
import { type Json, type JsonObject, OperationFailed } from "../operation.ts";
import { figure } from "../show.ts";
import { figures, members, printable, sum } from "../words.ts";

export interface ImportOptions extends Shared {
  readonly report?: string;
  readonly strict?: boolean;
}

/** How many of what was left out are shown on the terminal. */
const shown = 10;

/**
 * Imports, names what was left out — all of it in the report or in JSON, the first of it on the terminal — and answers the
 * result. `--strict` makes it exit code 1.
 */
export async function importing(
  cli: Cli,
  options: ImportOptions,
  work: Omit<Work, "create" | "take">,
): Promise<JsonObject> {
  const report = options.report === undefined ? undefined : await reportFile(options.report);
  const first: JsonObject[] = [];
  let count = 0;
  const take = async (item: Json) => {
    const leftOut = members(members(item).leftOut);
    count += 1;
    if (first.length < shown) first.push(leftOut);
    if (options.json) await cli.print(jsonLine(item));
    await report?.add(jsonLine(leftOut));
  };
  const result = await perform(cli, options, { ...work, create: true, take }).finally(() => report?.end());
  if (!options.json) for (const leftOut of first) cli.screen.write(`${printable(said(leftOut))}\n`);
  if (count > shown && !options.json) {
    const rest = `… and ${figure(count - shown)} more`;
    cli.screen.write(
      options.report ? `${rest}: ${options.report}\n` : `${rest}: --report FILE or --json names them all\n`,
    );
  }
  if (options.strict && count > 0) cli.end(exitCodes.found);
  if (options.json) await cli.print(jsonLine(result));
  return result;
}

/** Two lines of figures that every import has. */
export function counts(result: JsonObject): string {
  const used = members(result.used);
  const leftOut = members(result.leftOut);
  const more = sum(leftOut) > 0 ? `left out ${figure(sum(leftOut))}: ${figures(leftOut)}\n` : "left out nothing\n";
  const ignored = sum(members(result.ignored)) > 0 ? `ignored ${figures(members(result.ignored))}\n` : "";
  const events = Number(result.events);
  return `used ${figure(sum(used))}: ${figures(used)}\n${more}${ignored}${events === 0 ? "no" : figure(events)} new events\n`;
}

function said({ file, line, message, code, text }: JsonObject): string {
  const where = line === undefined ? file : `${file}:${line}`;
  const what = typeof text === "string" && text !== "" ? `: ${JSON.stringify(text.slice(0, 80))}` : "";
  return `${where}: ${message} (${code})${what}`;
}

async function reportFile(path: string) {
  const file = createWriteStream(path);
  const failed = (error: Error) => new OperationFailed("usage", `The report cannot be written: ${error.message}.`);
  await new Promise<void>((resolve, reject) => {
    file.once("open", () => resolve());
    file.once("error", (error) => reject(failed(error)));
  });
  let broken: Error | undefined;
  file.on("error", (error) => {
    broken = failed(error);
  });
  return {
    async add(text: string) {
      if (broken !== undefined) throw broken;
      if (!file.write(text)) await new Promise<void>((resolve) => file.once("drain", resolve).once("close", resolve));
    },
    async end() {
      file.end();
      await finished(file).catch((error: Error) => {
        throw failed(error);
      });
    },
  };
}
