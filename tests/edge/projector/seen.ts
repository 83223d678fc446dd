// Views as the tests look at them.
import assert from "node:assert/strict";
import { compare } from "../../../edge/projector/compare.ts";
import type { Difference } from "../../../edge/projector/difference.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import type { ViewStore } from "../../../edge/views/view_store.ts";
import { domain } from "./history.ts";

export interface Seen {
  readonly data: unknown;
  readonly checkpoint: { readonly [stream: string]: number };
}

const decoder = new TextDecoder();

/** A stored view as an object. */
export async function seen<Data = unknown>(views: ViewStore, key: string): Promise<Seen & { readonly data: Data }> {
  const view = await views.read(key);
  assert.ok(view, `there is a view ${key}`);
  return JSON.parse(decoder.decode(view.bytes));
}

/** Every view as its text, by its key. */
export async function all(views: ViewStore): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const key of views.keys()) {
    const view = await views.read(key);
    texts.set(key, decoder.decode(view?.bytes));
  }
  return texts;
}

/** Where the views are not what the log makes of them. */
export async function differences(store: EventStore, views: ViewStore): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for await (const difference of compare({ domain, store, views })) found.push(difference);
  return found;
}

/** Fails where a view is not what the log makes of it, byte by byte, up to where it has heard, and whole. */
export async function assertEqualToLog(store: EventStore, views: ViewStore): Promise<void> {
  assert.deepEqual(await differences(store, views), []);
}

/** The log projected to each view event by event, in its order, as the plainest projector would; by key. */
export async function sequentialFold(store: EventStore): Promise<ReadonlyMap<string, string>> {
  const entries = await store.log(0, 1_000_000);
  const streams = new Map<string, ReturnType<typeof domain.open>>();
  const views = new Map<string, ReturnType<typeof domain.view>>();
  try {
    for (const { stream, version, bytes } of entries) {
      const aggregate = streams.get(stream) ?? domain.open(stream.split("-", 1)[0] ?? "", stream);
      streams.set(stream, aggregate);
      aggregate.fold(bytes);
      for (const key of aggregate.viewKeysOf(bytes)) {
        const view = views.get(key) ?? domain.view(key);
        views.set(key, view);
        view.beginAfter(stream, version - 1);
        view.project(bytes);
      }
    }
    return new Map([...views].sort(byKey).map(([key, view]) => [key, decoder.decode(view.bytes())]));
  } finally {
    for (const open of [...streams.values(), ...views.values()]) open.close();
  }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
