// The local stack as a process: what `npm start` runs once everything is set up.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { OperationFailed } from "../cli/operation.ts";
import { SystemClock } from "../context/system_clock.ts";
import { type Log, levelOf } from "../observe/log.ts";
import { pinoLog } from "../observe/pino_log.ts";
import { terminalLog } from "../observe/terminal_log.ts";
import { StoreUnavailable } from "../store/event_store.ts";
import { importSample } from "./sample/import_sample.ts";
import { serve } from "./serve.ts";
import type { Served } from "./served.ts";
import { readSettings } from "./settings.ts";

/** What a person who starts it should know about an error, rather than its stack. */
function inWords(error: unknown): string {
  if (error instanceof StoreUnavailable || error instanceof OperationFailed || error instanceof RangeError) {
    return error.message;
  }
  const { code, port } = error as { readonly code?: string; readonly port?: number };
  if (code === "EADDRINUSE" && port !== undefined) {
    return `Port ${port} is taken by another program. Choose one: PORT=${port + 1} npm start`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A person at a terminal reads short lines; whatever else reads gets JSON. */
function log(): Log {
  const level = levelOf(process.env.LOG_LEVEL);
  const clock = new SystemClock();
  return process.stdout.isTTY ? terminalLog({ clock, level, to: process.stdout }) : pinoLog({ clock, level });
}

function readArguments() {
  try {
    const options = { help: { type: "boolean", short: "h" }, sample: { type: "boolean" } } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new RangeError(`${(error as Error).message.split(". ", 1)[0]}.\n\n${help()}`);
  }
}

const help = () => readFileSync(new URL("help.txt", import.meta.url), "utf8").trimEnd();

/** Fills the stack with the sample, and says how far it is. */
async function fill({ stack }: Served, signal: AbortSignal): Promise<void> {
  const { isTTY } = process.stdout;
  if (!isTTY) console.log("Importing the sample.");
  const events = await importSample(stack, signal, (progress) => {
    if (!isTTY || progress.kind !== "step") return;
    const { step, done, total, unit } = progress;
    process.stdout.write(`\r\u001b[2KThe sample: ${step}, ${done}${total === undefined ? "" : ` of ${total}`} ${unit}`);
  });
  const said = events === 0 ? "The sample was there already." : `The sample is there: ${events} events came in.`;
  console.log(`${isTTY ? "\r\u001b[2K" : ""}${said}`);
}

function greet({ origin, issuer, app, stack }: Served, data: string): void {
  const line = (what: string, where: string) => console.log(`  ${what.padEnd(10)} ${where}`);
  console.log(`\nCrowbar runs at ${origin}   (Ctrl-C ends it)\n`);
  if (app) line("chat", `http://localhost:${new URL(origin).port} leads there`);
  line("parts", `${origin}/status, how each of them is`);
  line("commands", `POST ${origin}/commands, at the edge first`);
  line("views", `GET ${origin}/views/allchannels.json, and others`);
  line("positions", `GET ${origin}/positions, what is new`);
  const where = origin.endsWith(":8080") ? "" : ` --url ${origin}`;
  line("sign-in", `${issuer}, by name alone: npx crowbar token ada${where}`);
  line("data", data);
  const before = stack.previous ? `, before them ${stack.previous.slice(0, 12)}` : "";
  line("rules", `${stack.domain.hash.slice(0, 12)}${before}\n`);
}

async function main(): Promise<void> {
  const asked = readArguments();
  if (asked.help) return console.log(help());
  const { port, data, app, asDeployed } = readSettings(process.env, process.cwd());
  const served = await serve({
    data,
    port,
    app,
    asDeployed,
    log: log(),
    onDiskFailed: (error) => {
      console.error(
        `${error.message}\nNothing more can be stored. Look after the disk, then start again: what was acknowledged is there.`,
      );
      process.exit(1);
    },
  });
  const filling = new AbortController();
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    filling.abort();
    console.log("\nClosing: what is on its way is answered first.");
    served.close().then(
      () => console.log("Closed. Everything is stored."),
      (error: unknown) => {
        console.error(inWords(error));
        process.exitCode = 1;
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
  try {
    if (asked.sample) await fill(served, filling.signal);
    if (!ending) greet(served, data);
  } catch (error) {
    if (ending) return;
    await served.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(inWords(error));
  process.exitCode = error instanceof RangeError ? 2 : 1;
});
