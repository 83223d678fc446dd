// Requests under way, and what each of them was: for the counts, for what is learnt from the answers, for the report.
import { Batch, type Operand, type Operation } from "../places/session.ts";

/** Why a request was made. */
export type Kind =
  | "plain"
  | "unicode"
  | "layout"
  | "refused"
  | "shape"
  | "bytes"
  | "context"
  | "many"
  | "ubuntu-irc"
  | "doors"
  | "state"
  | "views";

export interface Sent {
  readonly kind: Kind;
  readonly operation: Operation;
  readonly slot: number;
  readonly operands: readonly Operand[];
  /** How many commands are in it. */
  readonly commands: number;
}

export class Recorder {
  readonly sent: Sent[] = [];
  commands = 0;
  readonly #batch = new Batch();

  add(kind: Kind, operation: Operation, slot: number, ...operands: readonly Operand[]): void {
    this.addMany(kind, operation, slot, operation === "act" || operation === "decide" ? 1 : 0, ...operands);
  }
  addMany(kind: Kind, operation: Operation, slot: number, commands: number, ...operands: readonly Operand[]): void {
    this.#batch.add(operation, slot, ...operands);
    this.sent.push({ kind, operation, slot, operands, commands });
    this.commands += commands;
  }
  /** The bytes of all requests so far. */
  taken(): Uint8Array {
    return this.#batch.taken();
  }
}

/** Where requests come from. */
export interface Source {
  /** Adds about `size` requests; adds none once there are no more. */
  readonly fill: (recorder: Recorder, size: number) => void;
}
