import type { Watched } from "@crowbar/client";
import { useSyncExternalStore } from "react";

/** What is watched, as it is now. */
export function useWatched<T>(watched: Watched<T>): T {
  return useSyncExternalStore(watched.subscribe, watched.get);
}
