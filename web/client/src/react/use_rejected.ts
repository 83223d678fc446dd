import type { ContextTypes } from "@crowbar/domain";
import { useMemo } from "react";
import type { Client, Rejected } from "../types.ts";
import { useClient } from "./use_client.ts";
import { useWatched } from "./use_watched.ts";

/** What ended with a no, and what a person may do about it. */
export interface RejectedList<C extends ContextTypes> {
  readonly rejected: readonly Rejected<C>[];
  /** Sends it anew under a new id, with other data where some is given. */
  readonly retry: Client<C>["retry"];
  readonly discard: Client<C>["discard"];
}

/** The commands that were taken for a yes and ended with a no, until the person has said what to do. */
export function useRejected<C extends ContextTypes>(): RejectedList<C> {
  const client = useClient<C>();
  const rejected = useWatched(client.rejected);
  return useMemo(() => ({ rejected, retry: client.retry, discard: client.discard }), [client, rejected]);
}
