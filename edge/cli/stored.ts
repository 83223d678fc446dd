import { allStreams } from "../projector/all_streams.ts";
import type { EventStore } from "../store/event_store.ts";

/** A stream, and its version when it was looked at. */
export interface StreamHead {
  readonly stream: string;
  readonly version: number;
}

/** All streams there are, by name. */
export function streamHeads(store: EventStore): Promise<readonly StreamHead[]> {
  return Array.fromAsync(allStreams(store));
}

export function countEvents(heads: readonly StreamHead[]): number {
  return heads.reduce((sum, { version }) => sum + version, 0);
}

/** The events of a stream up to its version, as NDJSON, some thousand at a time. */
export async function* eventsOf(store: EventStore, { stream, version }: StreamHead): AsyncGenerator<Uint8Array> {
  for (let after = 0; after < version; ) {
    const next = await store.read(stream, after, Math.min(5_000, version - after));
    if (next.version === after) throw new Error(`${stream} ends at ${after}; its head is ${version}.`);
    after = next.version;
    yield next.events;
  }
}

/** The id in a stream's name: `general`, of `channel-general`. */
export const idOf = (stream: string) => stream.slice(stream.indexOf("-") + 1);
