// The core as a native program, over a pipe.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Place } from "./place.ts";

const newline = 10;

/** Starts `program --session`. */
export function openNative(name: string, program: string, options: readonly string[] = []): Place {
  if (!existsSync(program)) throw new Error(`${program} is not there: build it first (CONTRIBUTING.md says how).`);
  const child = spawn(program, ["--session", ...options], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code, signal]) => `${name} ended (${signal ?? `exit code ${code}`})`);
  child.stdin.on("error", () => {}); // it ended while we wrote: `ended` says so
  const output = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);

  async function more(): Promise<Buffer> {
    const { done, value } = await output.next();
    if (done === true) throw new Error(await ended);
    return value;
  }
  async function readLine(): Promise<string> {
    while (!held.includes(newline)) held = Buffer.concat([held, await more()]);
    const end = held.indexOf(newline);
    const line = held.toString("latin1", 0, end);
    held = held.subarray(end + 1);
    return line;
  }
  async function readBytes(size: number): Promise<Buffer> {
    const parts = [held];
    for (let have = held.length; have < size; ) {
      const part = await more();
      parts.push(part);
      have += part.length;
    }
    const all = Buffer.concat(parts);
    held = all.subarray(size);
    return all.subarray(0, size);
  }

  return {
    name,
    run: async (requests) => {
      child.stdin.write(`${requests.length}\n`);
      child.stdin.write(requests);
      return readBytes(Number(await readLine()));
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
