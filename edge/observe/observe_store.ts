import type { EventStore } from "../store/event_store.ts";
import { outcomeOf, typeOf } from "./canonical.ts";
import type { Observe } from "./observe.ts";

/**
 * Has a store tell what it appends, from now on: how long until it is durable, what was decided, how many became durable
 * together; and a span where the command's trace is recorded.
 */
export function observeStore(store: EventStore, { metrics, traces }: Observe): void {
  const append = store.append.bind(store);
  let together = 0;
  const told = () => {
    metrics.committed(together);
    together = 0;
  };
  store.append = async (asked) => {
    const { decided, events } = asked;
    const span = traces.following ? traces.ofCommand(decided.id)?.child("append") : undefined;
    const from = performance.now();
    try {
      // Called at once: the order of calls is the order within a transaction.
      const result = await append(asked);
      if (result.kind === "appended") {
        metrics.appended(events.length, performance.now() - from);
        metrics.decided(typeOf(decided.command), outcomeOf(decided.verdict));
        // The answers of one commit come in one turn.
        if (together === 0) setImmediate(told);
        together += 1;
      }
      if (span !== undefined) {
        span.end({ stream: decided.stream, count: events.length, code: result.kind });
        traces.follow(decided.id, span);
      }
      return result;
    } catch (error) {
      span?.end({ stream: decided.stream }, true);
      metrics.trouble("store");
      throw error;
    }
  };
}
