import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answers, Listening, Question } from "./servers/asked.ts";

/** By name, the script of each server and its argument. `emmett` makes the same views as crowbar, `emmett alone` none. */
const scripts = { crowbar: ["crowbar"], emmett: ["emmett", "views"], "emmett alone": ["emmett", "none"] } as const;
export const contenders = ["crowbar", "emmett", "emmett alone"] as const satisfies readonly (keyof typeof scripts)[];
export type ContenderName = (typeof contenders)[number];

export interface StartOptions {
  readonly name: ContenderName;
  /** Where a CPU profile is left when it ends. */
  readonly profile?: string;
}

/** A server in a process of its own, on a folder of its own. */
export interface Server extends Listening {
  readonly name: ContenderName;
  ask<Q extends Question>(question: Q): Promise<Answers[Q]>;
  /** Ends it in order, and removes its folder. */
  close(): Promise<void>;
}

export async function startServer({ name, profile }: StartOptions): Promise<Server> {
  const [script, ...args] = scripts[name];
  const data = mkdtempSync(join(tmpdir(), `crowbar-bench-${script}-`));
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = fork(join(import.meta.dirname, "servers", `${script}.ts`), [join(data, "data"), ...args], {
    execArgv: ["--disable-warning=ExperimentalWarning", ...profiling],
  });
  const listening = (await answerOf(child, name)) as Listening;
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...listening,
    name,
    ask: <Q extends Question>(question: Q): Promise<Answers[Q]> => {
      const answer = last.then(() => {
        child.send(question);
        return answerOf(child, name) as Promise<Answers[Q]>;
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    async close() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The next thing that it says. */
function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const died = (code: number | null) => reject(new Error(`The server of ${name} has ended with ${code}.`));
  child.once("exit", died);
  child.once("message", (message) => {
    child.off("exit", died);
    resolve(message);
  });
  return promise;
}
