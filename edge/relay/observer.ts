import type { DeadLetter } from "./queue.ts";

/** What whoever runs the way from the log to the views may want to hear of it: for logs and figures. Nothing depends on it. */
export interface Observer {
  /** The relay has published events up to a place in the log. */
  readonly published?: (events: number, messages: number, position: number) => void;
  /** A view was written, with so many more messages in it. */
  readonly projected?: (view: string, messages: number, bytes: number) => void;
  readonly parked?: (letter: Omit<DeadLetter, "waiting">) => void;
  /** Something did not work and will be tried again. */
  readonly failed?: (part: "relay" | "projector" | "reconciler" | "push", error: unknown) => void;
  /** The reconciler has found what should not be, and what it cannot mend. */
  readonly damaged?: (damage: Damage) => void;
}

/** A view that the log does not account for. */
export type Damage =
  /** It knows more of a stream than there is: the log has lost something. */
  | {
      readonly kind: "ahead";
      readonly view: string;
      readonly stream: string;
      readonly at: number;
      readonly head: number;
    }
  /** It cannot be read. */
  | { readonly kind: "unreadable"; readonly view: string; readonly reason: string };
