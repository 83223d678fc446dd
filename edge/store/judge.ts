import type { Append, AppendResult, DecidedCommand } from "./event_store.ts";

/** What an append is judged by: what those before it left. */
export interface Left {
  decided(commandId: string): DecidedCommand | undefined;
  head(stream: string): number;
  /** The id of the command that was decided last on a stream. */
  last(stream: string): string | undefined;
  /** The stream that holds a key. */
  holder(key: string): string | undefined;
}

/**
 * Says how an append ends, before anything of it is written: a known id first, so that a repetition has its first answer
 * whatever has happened since; then the head, on equality, which leaves no hole in the versions; then the claims.
 */
export function judge(
  { decided, claims, upon }: Pick<Append, "decided" | "claims" | "upon">,
  left: Left,
): AppendResult {
  const first = left.decided(decided.id);
  if (first !== undefined) return { kind: "known", decided: first };
  const version = left.head(decided.stream);
  if (version !== decided.decidedAt) return { kind: "conflict", version };
  if (upon !== undefined && left.last(decided.stream) !== upon) return { kind: "conflict", version };
  for (const claim of claims) {
    if (claim.action === "release") continue;
    const holder = left.holder(claim.key);
    if (holder !== undefined && holder !== decided.stream) {
      return { kind: "claimed", key: claim.key, rejection: claim.rejection };
    }
  }
  return { kind: "appended" };
}
