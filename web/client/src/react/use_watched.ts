import { useSyncExternalStore } from "react";
import type { Watched } from "../types.ts";

/** What is watched, as it is now. */
export function useWatched<T>(watched: Watched<T>): T {
  return useSyncExternalStore(watched.subscribe, watched.get, watched.get);
}
