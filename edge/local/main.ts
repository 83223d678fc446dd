// The local stack as a process: what `npm start` runs once everything is set up.

import { SystemClock } from "../context/system_clock.ts";
import { type Log, levelOf } from "../observe/log.ts";
import { pinoLog } from "../observe/pino_log.ts";
import { terminalLog } from "../observe/terminal_log.ts";
import { StoreUnavailable } from "../store/event_store.ts";
import { serve } from "./serve.ts";
import { readSettings } from "./settings.ts";

const help = `npm start runs the whole pipeline on this machine: it checks at the edge, decides, stores, projects and pushes.

  PORT=8081           another port than 8080; 0 takes any that is free
  CROWBAR_DATA=DIR    where everything is kept; .crowbar in this folder, if nothing is said
  LOG_LEVEL=warn      debug, info, warn, error or silent

Ctrl-C ends it in order. It is for this machine alone: whoever types a name is signed in.`;

/** What a person who starts it should know about an error, rather than its stack. */
function inWords(error: unknown): string {
  if (error instanceof StoreUnavailable || error instanceof RangeError) return error.message;
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

async function main(): Promise<void> {
  const [argument] = process.argv.slice(2);
  if (argument === "--help" || argument === "-h") return console.log(help);
  if (argument !== undefined) throw new RangeError(`There is no option ${argument}.\n\n${help}`);
  const { port, data } = readSettings(process.env, process.cwd());
  const { origin, issuer, stack, close } = await serve({
    data,
    port,
    log: log(),
    onDiskFailed: (error) => {
      console.error(
        `${error.message}\nNothing more can be stored. Look after the disk, then start again: what was acknowledged is there.`,
      );
      process.exit(1);
    },
  });
  const line = (what: string, where: string) => console.log(`  ${what.padEnd(10)} ${where}`);
  console.log(`\nCrowbar runs at ${origin}   (Ctrl-C ends it)\n`);
  line("commands", `POST ${origin}/commands, at the edge first`);
  line("views", `GET ${origin}/views/allchannels.json, and others`);
  line("positions", `GET ${origin}/positions, what is new`);
  line("sign-in", `${issuer}, by name alone: npx crowbar token ada`);
  line("data", data);
  line(
    "rules",
    `${stack.domain.hash.slice(0, 12)}${stack.previous ? `, before them ${stack.previous.slice(0, 12)}` : ""}\n`,
  );
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    console.log("\nClosing: what is on its way is answered first.");
    close().then(
      () => console.log("Closed. Everything is stored."),
      (error: unknown) => {
        console.error(inWords(error));
        process.exitCode = 1;
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
}

main().catch((error: unknown) => {
  console.error(inWords(error));
  process.exitCode = error instanceof RangeError ? 2 : 1;
});
