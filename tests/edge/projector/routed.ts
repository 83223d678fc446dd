import type { EventMessage } from "../../../edge/relay/queue.ts";
import { Router } from "../../../edge/relay/router.ts";
import { Trail } from "../../../edge/relay/trail.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { domain } from "./history.ts";

/** What a relay publishes of a log, in order. */
export async function messagesOf(store: EventStore, after = 0): Promise<readonly EventMessage[]> {
  const router = new Router(domain, store);
  const trail = new Trail(domain, store, router);
  const messages: EventMessage[] = [];
  for (const { stream, version, bytes, position } of await store.log(after, 1_000_000)) {
    for (const { key, after: since } of await trail.touches({ stream, version, bytes })) {
      messages.push({ group: key, stream, version, after: since, position, event: bytes });
    }
  }
  router.close();
  return messages;
}
