import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Told } from "./points.ts";
import type { Answer, Sent } from "./wire.ts";

const script = join(import.meta.dirname, "process.ts");

/** The process with the pipeline, as its clients see it: it answers until it is dead. */
export class Mortal {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #onAnswer: (answer: Answer) => void;
  readonly #dead = Promise.withResolvers<void>();
  /** The last line, as far as it came. */
  #rest = "";
  /** What it said on its standard error: nothing is right there. */
  said = "";
  /** How it ended: SIGKILL, or an exit code. */
  end: string | undefined;

  constructor(told: Told, onAnswer: (answer: Answer) => void) {
    this.#onAnswer = onAnswer;
    this.#child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, SIMULATION: JSON.stringify(told) },
    });
    this.#child.stdin.on("error", () => {}); // it is dead, which it will be heard of
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => this.#hear(text));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.said += text;
    });
    this.#child.on("close", (code, signal) => {
      this.end = signal ?? String(code);
      this.#dead.resolve();
    });
  }

  /** Resolves when it is dead, and everything that it said is heard. */
  get dead(): Promise<void> {
    return this.#dead.promise;
  }

  send(sent: Sent): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${JSON.stringify(sent)}\n`);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Lets it end in order. */
  release(): void {
    this.#child.stdin.end();
  }

  #hear(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onAnswer(JSON.parse(line));
  }
}
