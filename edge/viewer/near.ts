/** A state of a stream that lies near: this module's own snapshot bytes. */
export interface NearSnapshot {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** The port to what is known near the reader of a request. It may be old; it may not be wrong. */
export interface Near {
  /**
   * A state in which the stream has really been, at `expectedVersion` or later, as a snapshot of this module. Undefined
   * where there is none, and where a command of that id may have been decided: its first verdict is the answer then, and
   * only the store has it. The id has to be looked up after the snapshot was taken: whatever is decided at an earlier
   * version was decided before.
   */
  find(stream: string, commandId: string, expectedVersion: number): Promise<NearSnapshot | undefined>;
}
