// The program as people run it.
import { type ChildProcess, spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { operations } from "../../../edge/cli/operations/operations.ts";
import { perform } from "../../../edge/cli/program.ts";
import { openStack } from "../../../edge/local/open_stack.ts";

export const bin = fileURLToPath(new URL("../../../edge/cli/bin.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** Starts it; `ended` resolves with all that it said. */
export function start(args: readonly string[], { node = process.execPath, env = {}, program = bin } = {}) {
  const child = spawn(node, [program, ...args], { env: { ...process.env, CROWBAR_DATA: "", ...env } });
  return { child, ended: ended(child) };
}

export function crowbar(args: readonly string[], how = {}): Promise<Ended> {
  return start(args, how).ended;
}

async function ended(child: ChildProcess): Promise<Ended> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly [number | null, NodeJS.Signals | null]>();
  child.once("error", reject);
  child.once("close", (code, signal) => resolve([code, signal]));
  const said = [child.stdout, child.stderr].map((stream) => (stream === null ? "" : text(stream)));
  const [out = "", err = ""] = await Promise.all(said);
  const [code, signal] = await promise;
  return { code, signal, out, err };
}

/** Runs a command line in this process, on a stack of its own. */
export async function here(args: readonly string[]): Promise<Pick<Ended, "code" | "out" | "err">> {
  let out = "";
  let err = "";
  const code = await perform(args, {
    print: async (said) => {
      out += said;
    },
    screen: {
      write(said) {
        err += said;
      },
    },
    signal: new AbortController().signal,
    open: async (data) => ({ stack: await openStack({ data }), operations }),
  });
  return { code, out, err };
}

/** The lines of NDJSON. */
export const lines = (out: string) =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
