/**
 * What the log cannot tell of a view and a stream: that it is halted there, or that the view is owed a catch-up, which is
 * the same as `done` once it has had it.
 */
export type JournalEntry =
  | {
      readonly state: "halted";
      readonly group: string;
      readonly stream: string;
      readonly version: number;
      readonly reason: string;
    }
  | { readonly state: "owed" | "done"; readonly group: string; readonly stream: string; readonly version: number };

/** The port by which a queue that forgets keeps what is halted. */
export interface Journal {
  /** The last entry of each view and stream, without those that are done. */
  load(): Promise<readonly JournalEntry[]>;
  /** Resolves when it is durable. */
  write(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}
