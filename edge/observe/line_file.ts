import { close, openSync, write, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** So much is written at once; less waits no longer than `waitMs`. */
const enough = 16 * 1024;
const waitMs = 200;
/** What the system takes too slowly waits up to so many characters; beyond that lines are lost, and the stack goes on. */
const most = 16 * 1024 * 1024;
/** How soon a full pipe is tried again, and how often in a row until what is being written is lost. */
const againMs = 20;
const attempts = 100;

/**
 * Writes lines to a file or a pipe in the background. pino's own destination tries for ever, and blocks the process, where a
 * disk is full; here what cannot be written is lost, and told once until writing works again.
 */
export class LineFile {
  readonly #file: number;
  readonly #isOwn: boolean;
  readonly #onLost: (error: Error) => void;
  readonly #flushAtExit = () => this.#flush();
  #lines: string[] = [];
  #waiting = 0;
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #losing = false;

  /** A path, which is opened at once, or an open file: 1 is standard output. */
  constructor(to: string | number, onLost: (error: Error) => void) {
    this.#isOwn = typeof to === "string";
    this.#file = typeof to === "string" ? openSync(to, "a", 0o600) : to;
    this.#onLost = onLost;
    process.on("exit", this.#flushAtExit);
  }

  write(line: string): void {
    if (this.#waiting > most) {
      this.#lose(new Error(`More than ${most} characters wait to be written.`));
      return;
    }
    this.#lines.push(line);
    this.#waiting += line.length;
    if (this.#waiting >= enough) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), waitMs).unref();
  }

  /** Resolves when everything is written, or lost. */
  async close(): Promise<void> {
    this.#begin();
    await this.#writing;
    process.off("exit", this.#flushAtExit);
    if (this.#isOwn) await promisify(close)(this.#file);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#lines.length > 0) {
      try {
        await writeWhole(this.#file, this.#take());
        this.#losing = false;
      } catch (error) {
        this.#lose(error as Error);
      }
    }
  }

  /** At the end of the process, where nothing can be waited for: as much as goes out at once. */
  #flush(): void {
    try {
      const bytes = this.#take();
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    } catch (error) {
      this.#lose(error as Error);
    }
  }

  #take(): Buffer {
    const text = this.#lines.join("");
    this.#lines = [];
    this.#waiting = 0;
    return Buffer.from(text);
  }

  #lose(error: Error): void {
    if (!this.#losing) this.#onLost(error);
    this.#losing = true;
  }
}

const writeSome = promisify(write);

async function writeWhole(file: number, bytes: Buffer): Promise<void> {
  for (let at = 0, tried = 0; at < bytes.length; ) {
    try {
      at += (await writeSome(file, bytes, at)).bytesWritten;
      tried = 0;
    } catch (error) {
      tried += 1;
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || tried === attempts) throw error;
      await sleep(againMs);
    }
  }
}
