import { type EventStore, type LogEntry, StoreDamaged } from "../store/event_store.ts";

/** An entry of the log, or the place of one whose event is not what was written. */
export type ReadEntry =
  | (LogEntry & { readonly damage?: undefined })
  | (Pick<LogEntry, "position" | "stream" | "version"> & { readonly damage: StoreDamaged });

/**
 * Committed events after a position, in the order of commits. A damaged event is one of them, so that the log goes on
 * behind it. Throws what the store throws, also where it is not known which event is damaged.
 */
export async function readLog(store: EventStore, after: number, limit: number): Promise<readonly ReadEntry[]> {
  try {
    return await store.log(after, limit);
  } catch (damage) {
    if (!(damage instanceof StoreDamaged)) throw damage;
    // Those before it first, and then the one.
    if (limit > 1) return readLog(store, after, Math.ceil(limit / 2));
    const [, stream, version] = /^event (.+) (\d+)$/.exec(damage.what) ?? [];
    if (stream === undefined) throw damage;
    return [{ position: after + 1, stream, version: Number(version), damage }];
  }
}
