import type { ContextTypes, ViewData } from "@crowbar/domain";
import type { ViewNow } from "../types.ts";
import { useClient } from "./use_client.ts";
import { useWatched } from "./use_watched.ts";

/** A view with everything on top that is known here already. `data` is the same object until it has changed. */
export function useView<C extends ContextTypes, const K extends string>(key: K): ViewNow<ViewData<C, K>> {
  return useWatched(useClient<C>().view(key));
}
