import { type EventStore, StoreDamaged } from "../store/event_store.ts";

/** The next events of a stream as NDJSON, up to `version`; none where the next one is damaged, or there is none. */
export interface Stretch {
  readonly events: Uint8Array;
  readonly version: number;
  readonly damage?: StoreDamaged;
}

/** The same as the store's `read`, but that events before a damaged one are read, and then which it is is an answer. */
export async function readStretch(store: EventStore, stream: string, after: number, limit: number): Promise<Stretch> {
  try {
    return await store.read(stream, after, limit);
  } catch (damage) {
    if (!(damage instanceof StoreDamaged)) throw damage;
    if (limit > 1) return readStretch(store, stream, after, Math.ceil(limit / 2));
    return { events: new Uint8Array(), version: after, damage };
  }
}
