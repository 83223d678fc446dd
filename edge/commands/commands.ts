import type { Actor } from "../domain.ts";
import type { Refusal } from "../outcome/refusal.ts";

/** A command as it came in, with what only a server knows of it. */
export interface Submission {
  /** One command, JSON. */
  readonly command: Uint8Array;
  readonly actor: Actor;
  /** When it happened, where that is a fact of the past: an importer says so, never a client. Else the clock says. */
  readonly at?: number;
  /** The hash of the module that the client decides with; none: today's. */
  readonly domain?: string;
}

/** The answer to one command. Equal for every repetition of it. */
export type Reply =
  | { readonly kind: "accepted"; readonly verdict: Uint8Array; readonly stream: string; readonly commandId: string }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly stream?: string; readonly commandId?: string };

/** Decides commands and stores what comes of them. */
export interface Commands {
  /** Resolves when the outcome is durable. Never rejects: whatever goes wrong is a refusal. */
  submit(submission: Submission): Promise<Reply>;
  /** The events of a stream after a version, at most `limit`, for somebody who may read them. */
  events(
    stream: string,
    after: number,
    limit: number,
    actor: Actor,
  ): Promise<{ readonly events: Uint8Array; readonly version: number } | Refusal>;
  /**
   * A decided command of a stream, as JSON, for somebody who may read that stream: an accepted one, or one of their own.
   * Whatever else is asked for is not there.
   */
  decided(stream: string, commandId: string, actor: Actor): Promise<Uint8Array | Refusal>;
  /** May they read that stream? A stream that is not there is read by nobody. A refusal where it cannot be told now. */
  admits(stream: string, actor: Actor): Promise<boolean | Refusal>;
}
