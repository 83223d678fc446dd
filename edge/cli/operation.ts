import type { Stack } from "../local/stack.ts";

/** What an operation says while it runs: how far it is, or a part of its answer. Whoever runs it decides what to show. */
export type Progress =
  | {
      readonly kind: "step";
      /** What is being done, in a few words: `importing`, `views`. */
      readonly step: string;
      readonly done: number;
      /** Absent where nobody knows. */
      readonly total?: number;
      /** What is counted: `lines`, `events`. */
      readonly unit: string;
    }
  | { readonly kind: "item"; readonly item: Json };

/** What crosses the control socket unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/**
 * A piece of work on a stack, which prints nothing: it runs in the process that has the data, and is shown in another
 * one. Its options and its answer are JSON. Throws `OperationFailed`; any other error is a defect.
 */
export type Operation = (
  stack: Stack,
  options: JsonObject,
  signal: AbortSignal,
) => AsyncGenerator<Progress, JsonObject, undefined>;

/** An operation could not be carried out. What it had done by then stays, and is not done twice when it is run again. */
export class OperationFailed extends Error {
  override readonly name = "OperationFailed";
  readonly reason: FailureReason;
  constructor(reason: FailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * `usage` what it was given is wrong · `unavailable` wait, then run it again · `interrupted` somebody stopped it ·
 * `damaged` a stored record is not what was written · `defect` a mistake of ours
 */
export type FailureReason = "usage" | "unavailable" | "interrupted" | "damaged" | "defect";
