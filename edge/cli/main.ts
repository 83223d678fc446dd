import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exitCodes } from "./exit_codes.ts";
import { OperationFailed } from "./operation.ts";
import { perform } from "./program.ts";
import type { Opened } from "./run.ts";

/** A second Ctrl-C within this time is the same one: a terminal may send it twice, by way of whoever started us. */
const sameMs = 1_000;

/** Runs the program with this process's command line, and ends the process with its code. */
export async function start(): Promise<void> {
  const stopping = new AbortController();
  let stopped = Number.NEGATIVE_INFINITY;
  const stop = () => {
    if (stopping.signal.aborted && performance.now() - stopped > sameMs) process.exit(exitCodes.interrupted);
    if (stopping.signal.aborted) return;
    stopped = performance.now();
    stopping.abort(new OperationFailed("interrupted", "Interrupted. Run it again: it goes on where it was."));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads the answer has enough, such as `head`.
    if (error.code === "EPIPE") process.exit(exitCodes.done);
    process.stderr.write(`crowbar: The answer cannot be written: ${error.message}.\n`);
    process.exit(exitCodes.unavailable);
  });
  const code = await perform(process.argv.slice(2), {
    print,
    screen: process.stderr,
    signal: stopping.signal,
    open,
  });
  process.exit(code);
}

function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

async function open(data: string): Promise<Opened> {
  if (!existsSync(fileURLToPath(import.meta.resolve("@crowbar/domain/chat")))) {
    throw new OperationFailed("usage", "The rules are not built yet. Run: npm run build");
  }
  const [{ openStack }, { operations }] = await Promise.all([
    import("../local/open_stack.ts"),
    import("./operations/operations.ts"),
  ]);
  return { stack: await openStack({ data }), operations };
}
