import type { Reply } from "../../edge/commands/commands.ts";

/** A command as its client keeps it: sent again, it is the same bytes. */
export interface Posted {
  readonly id: string;
  readonly actor: string;
  readonly command: string;
}

/** What the process is sent: a command, or to build all views anew. */
export type Sent = Posted | { readonly replay: true };

/** What a client was told: the verdict's bytes as text, or the refusal. */
export type Outcome =
  | { readonly accepted: string }
  | { readonly refused: { readonly code: string; readonly message: string; readonly outcome: string } };

/** What the process says: that it is there, and what came of a command. */
export type Answer = { readonly ready: true } | { readonly id: string; readonly outcome: Outcome };

export function outcomeOf(reply: Reply): Outcome {
  if (reply.kind === "accepted") return { accepted: Buffer.from(reply.verdict).toString("utf8") };
  const { code, message, outcome } = reply.refusal;
  return { refused: { code, message, outcome } };
}
