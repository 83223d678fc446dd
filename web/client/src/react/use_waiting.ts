import type { ContextTypes } from "@crowbar/domain";
import type { Waiting } from "../types.ts";
import { useClient } from "./use_client.ts";
import { useWatched } from "./use_watched.ts";

/** The commands that wait for the server, in their order. */
export function useWaiting<C extends ContextTypes>(): readonly Waiting<C>[] {
  return useWatched(useClient<C>().waiting);
}
