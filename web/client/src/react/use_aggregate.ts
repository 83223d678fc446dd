import type { AggregateName, ContextTypes } from "@crowbar/domain";
import type { AggregateNow } from "../types.ts";
import { useClient } from "./use_client.ts";
import { useWatched } from "./use_watched.ts";

/** A stream, folded as far as it is known here, with what waits on top; `decide` says what the rules would say now. */
export function useAggregate<C extends ContextTypes, A extends AggregateName<C>>(
  name: A,
  id: string,
): AggregateNow<C, A> {
  return useWatched(useClient<C>().aggregate(name, id));
}
