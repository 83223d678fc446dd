import type { EventStore } from "../store/event_store.ts";

const page = 1_000;

export interface StreamHead {
  readonly stream: string;
  readonly version: number;
}

/** Every stream with its head, in order of their names. */
export async function* allStreams(store: EventStore): AsyncGenerator<StreamHead> {
  for (let after = ""; ; ) {
    const streams = await store.streams(after, page);
    yield* streams;
    if (streams.length < page) return;
    after = streams.at(-1)?.stream ?? after;
  }
}
