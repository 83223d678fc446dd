import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { StoreDamaged } from "../event_store.ts";

/** How far the log was when somebody was last told so. */
export interface Reached {
  readonly position: number;
  readonly command: number;
}

const size = 80;

/**
 * A note beside the log of how far it had come, written after each commit. SQLite ends its write-ahead log at the first
 * frame that is not whole, and says nothing: with the note, a log that has lost its end is told from one that has not.
 *
 * It is not synced, which would cost as much as the commit: the note outlives this process whenever it dies, and a loss
 * of power all but the last seconds of it. It is never ahead of the log, so it never gives a false alarm.
 */
export class Mark {
  readonly file: string;
  readonly #report: (error: Error) => void;
  #descriptor: number | undefined;

  /** `report` is told where the note cannot be read or written: the log goes on without it. */
  constructor(file: string, report: (error: Error) => void) {
    this.file = file;
    this.#report = report;
  }

  /** @throws StoreDamaged where the log is not as far as it was. */
  compare(log: Reached): void {
    const noted = this.#read();
    if (noted === undefined || (log.position >= noted.position && log.command >= noted.command)) return;
    const of = ({ position, command }: Reached) => `position ${position}, command ${command}`;
    throw new StoreDamaged(
      "log",
      `The log ends at ${of(log)}, but had come to ${of(noted)}: its end is lost, or an older copy was put in its place. ` +
        `Put the right files back; or remove ${this.file} to go on without what is missing.`,
    );
  }

  #read(): Reached | undefined {
    try {
      const [text, sum] = readFileSync(this.file, "utf8").trimEnd().split("\t");
      if (text === undefined || crc32(text) !== Number(sum)) throw new Error(`${this.file} is not what was written.`);
      return JSON.parse(text);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) this.#report(error as Error);
      return undefined;
    }
  }

  write({ position, command }: Reached): void {
    try {
      this.#descriptor ??= openSync(this.file, constants.O_RDWR | constants.O_CREAT);
      const text = JSON.stringify({ position, command });
      writeSync(this.#descriptor, `${text}\t${crc32(text)}`.padEnd(size), 0);
    } catch (error) {
      this.#report(error as Error);
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
