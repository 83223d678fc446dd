import { setImmediate } from "node:timers/promises";
import type { Domain } from "../domain.ts";
import { readStretch } from "../relay/read_stretch.ts";
import type { EventStore } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import { allStreams } from "./all_streams.ts";
import { ComparedOnce } from "./compared_once.ts";
import { ComparedPages } from "./compared_pages.ts";
import { ComparedView } from "./compared_view.ts";
import type { Compared, Difference } from "./difference.ts";
import { aggregateOf, type Kind, kindsOf } from "./kinds.ts";

export interface CompareOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly progress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Events of a stream that are read at once. */
const page = 20_000;

/**
 * Yields every view that is not what the log makes of it: each stream is folded up to where the view has heard it, where
 * both have to be the same bytes, and then to its end, which must not change the view any more. So nothing may be being
 * projected meanwhile. Throws what the store and the views throw, and the signal's reason.
 */
export async function* compare(options: CompareOptions): AsyncGenerator<Difference> {
  const { domain, store, views, progress = () => {}, signal } = options;
  const kinds = kindsOf(domain.describe());
  const once = new Map<string, ComparedOnce>();
  const expected = new Set<string>();
  let total = 0;
  let done = 0;
  for await (const { version } of allStreams(store)) total += version;
  try {
    for await (const { stream, version } of allStreams(store)) {
      signal?.throwIfAborted();
      const compared = await opened(options, once, stream, version, kinds.get(aggregateOf(stream)) ?? []);
      try {
        yield* folded(store, stream, version, compared);
        for (const each of compared) for (const key of each.keys()) expected.add(key);
      } finally {
        for (const each of compared) if (!(each instanceof ComparedOnce)) each.close();
      }
      done += version;
      progress(done, total);
      await setImmediate();
    }
    for (const each of once.values()) yield* each.finish();
    for await (const key of views.keys()) if (!expected.has(key)) yield { view: key, kind: "extra" };
  } finally {
    for (const each of once.values()) each.close();
  }
}

async function opened(
  { domain, views }: CompareOptions,
  once: Map<string, ComparedOnce>,
  stream: string,
  head: number,
  kinds: readonly Kind[],
): Promise<readonly Compared[]> {
  const compared: Compared[] = [];
  for (const { name, of } of kinds) {
    if (of === "stream") compared.push(await ComparedView.open(domain, views, `${name}/${stream}`, stream, head));
    else if (of === "page") compared.push(await ComparedPages.open(domain, views, `${name}/${stream}`, stream, head));
    else {
      const known = once.get(name) ?? (await ComparedOnce.open(domain, views, name));
      once.set(name, known);
      known.begin(stream, head);
      compared.push(known);
    }
  }
  return compared;
}

/** Folds a stream, in steps: up to each version where something is compared. */
async function* folded(
  store: EventStore,
  stream: string,
  head: number,
  compared: readonly Compared[],
): AsyncGenerator<Difference> {
  const stops = new Set([...compared.flatMap((each) => each.stops), head]);
  let at = 0;
  let damaged = false;
  for (const stop of [...stops].filter((version) => version <= head).sort((a, b) => a - b)) {
    while (at < stop && !damaged) {
      const { events, version, damage } = await readStretch(store, stream, at, Math.min(page, stop - at));
      damaged = damage !== undefined;
      if (damage !== undefined) for (const each of compared) yield each.stopAt(at + 1, damage.message);
      else if (version === at) throw new Error(`${stream} ends at ${at} in the log, and its head is ${head}.`);
      for (const each of compared) yield* each.fold(events, version);
      at = version;
    }
    if (!damaged) for (const each of compared) yield* each.at(stop);
  }
  for (const each of compared) yield* each.atHead();
}
