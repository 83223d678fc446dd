import type { Accepted, Command, ContextTypes } from "@crowbar/domain";
import type { Entry } from "./kept.ts";

/** An event that a waiting command would make, or one of the log: its line, and which views it touches. */
export interface Line {
  readonly version: number;
  readonly text: string;
  /** It is of a command that waits, not of the log. */
  readonly waits?: true;
  /** Absent until somebody has asked. */
  keys?: readonly string[];
}

/** The order of commands is that of their ids. */
export const inOrder = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** A command on its way: decided here, kept, sent, answered, and seen in the log, each in its time. */
export class Pending<C extends ContextTypes> {
  readonly entry: Entry;
  readonly command: Command<C>;
  /** What it makes of the stream as it is known here: none where the rules say no, or cannot say. */
  lines: readonly Line[] = [];
  /** Have the rules here taken it for a yes? */
  decided = false;
  /** Is it on the device for good? Only then it is sent. */
  kept = false;
  /** It may have reached the server: only the server's answer counts now. */
  tried = false;
  sending = false;
  /** Its events are in the log as it is known here. */
  landed = false;
  /** The module has stopped on it once: only the server decides it. */
  poison = false;
  /** The server's yes, where the log is not known that far yet. */
  verdict: Accepted<C> | undefined;

  /** Its sender knows that nothing has happened in its stream: then the rules' no counts, though the stream cannot be read. */
  readonly first: boolean;

  constructor(entry: Entry, first = false) {
    this.entry = entry;
    this.command = JSON.parse(entry.text);
    this.first = first;
  }

  get id(): string {
    return this.entry.id;
  }
}
