import type { ContextTypes } from "@crowbar/domain";
import type { SyncStatus } from "../types.ts";
import { useClient } from "./use_client.ts";
import { useWatched } from "./use_watched.ts";

/** Are we online, what waits, which rules decide here and there. */
export function useSyncStatus(): SyncStatus {
  return useWatched(useClient<ContextTypes>().status);
}
