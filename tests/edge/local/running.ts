// The local stack as a process of its own, as `npm start` runs it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { tokenFor } from "../../../edge/local/sign_in/walk_sign_in.ts";

const main = fileURLToPath(new URL("../../../edge/local/main.ts", import.meta.url));

export interface Running {
  readonly origin: string;
  readonly process: ChildProcess;
  /** All that it has printed. */
  readonly printed: () => string;
  /** Ends it and answers its exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

export function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "crowbar-local-"));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Starts it on a folder and a free port; rejects with what it said where it ends instead. */
export async function start(
  t: TestContext,
  data: string,
  environment: NodeJS.ProcessEnv = {},
  args: readonly string[] = [],
): Promise<Running> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
    env: { ...process.env, PORT: "0", CROWBAR_DATA: data, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.after(() => child.kill("SIGKILL"));
  const exited = once(child, "exit");
  let printed = "";
  const origin = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk;
      const found = /Crowbar runs at (\S+)[\s\S]*rules/.exec(printed);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    void exited.then(([code]) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
  return {
    origin,
    process: child,
    printed: () => printed,
    async end(signal) {
      child.kill(signal);
      const [code, by] = await exited;
      return code ?? by;
    },
  };
}

/** What somebody sends who is signed in. */
export async function person(origin: string, name: string) {
  const { accessToken } = await tokenFor(name, `${origin}/auth`);
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  return {
    accessToken,
    get: (path: string, more: RequestInit = {}) => fetch(origin + path, { ...more, headers }),
    post: (command: object) => fetch(`${origin}/commands`, { method: "POST", headers, body: JSON.stringify(command) }),
  };
}

/** Asks until the answer is as it should be: views follow what is stored. */
export async function until<T>(ask: () => Promise<T>, is: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (is(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
