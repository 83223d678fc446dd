import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Lifetimes } from "../../edge/local/sign_in/provider.ts";
import type { Release } from "./release.ts";

const here = fileURLToPath(new URL("serving_process.ts", import.meta.url));

export interface ServingOptions {
  /** A folder that is filled already; else one of its own, which goes with it. */
  readonly data?: string;
  readonly lifetimes?: Lifetimes;
  /** The folder of another app than the chat. */
  readonly app?: string;
}

/** The real server as a process, on one port for as long as the test runs. */
export interface Serving extends AsyncDisposable {
  readonly origin: string;
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and the same folder; as another release, where one is given. */
  restart(as?: Release): Promise<void>;
  /** Reports of breaches of the app's policy, since the process began. */
  breaches(): Promise<number>;
}

/** A folder that nobody else has. */
export const dataFolder = () => mkdtempSync(join(tmpdir(), "crowbar-web-"));

export async function serving(options: ServingOptions = {}): Promise<Serving> {
  const data = options.data ?? dataFolder();
  const { lifetimes, app } = options;
  const first = await started({ data, port: 0, lifetimes, app });
  const { origin } = first;
  const port = Number(new URL(origin).port);
  let running = first.child;
  const kill = async () => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, "exit");
    running.kill("SIGKILL");
    await exited;
  };
  return {
    origin,
    kill,
    async restart(as) {
      await kill();
      running = (await started({ data, port, lifetimes, app: as?.app ?? app }, as?.program)).child;
    },
    async breaches() {
      const metrics = await (await fetch(`${origin}/metrics`)).text();
      return Number(/^crowbar_troubles_total\{part="app"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly child: ChildProcess;
  readonly origin: string;
}

async function started(options: object, program = here): Promise<Started> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  let said = "";
  const origin = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const found = /^(http:\S+)\n/m.exec(said);
      if (found?.[1] !== undefined) resolve(found[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code, signal) => reject(new Error(`The server ended with ${code ?? signal}: ${said}`)));
  });
  return { child, origin };
}
