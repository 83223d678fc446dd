import { crc32 } from "node:zlib";
import { StoreDamaged } from "../event_store.ts";
import { runningFrom } from "./checksum.ts";
import { eventName, placeOf } from "./events.ts";
import { streamSize } from "./schema.ts";
import { type Head, streamName } from "./streams.ts";
import type { Tables } from "./tables.ts";
import { type Check, damageOf, walk } from "./walk.ts";

/** Every stream by its number: that its name finds it, and that its events are there and follow each other to its head. */
export function* checkStreams(tables: Tables): Check {
  const { streams } = tables;
  const known = new Set<number>();
  yield* walk(
    () => streams.numbers.last,
    (after) => streams.numbers.after(after),
    function* (number) {
      const head = yield* damageOf(() => streams.numbered(number));
      if (head === undefined) return false;
      known.add(number);
      yield* damageOf(() => {
        const found = streams.find(head.name)?.number;
        if (found !== number) damaged(streamName(head.name), `is number ${number}, and by its name number ${found}`);
      });
      yield* checkEvents(head, tables);
      return true;
    },
  );
  yield* checkOrphans(known, tables);
}

function* checkEvents(head: Head, { events }: Tables): Check {
  const { name, number } = head;
  const after = (version: number) => {
    const place = events.after(placeOf(number, version)) ?? Number.POSITIVE_INFINITY;
    return place < placeOf(number + 1, 0) ? place - placeOf(number, 0) : undefined;
  };
  yield* damageOf(() => {
    const beyond = after(head.version);
    if (beyond !== undefined)
      damaged(eventName(name, beyond), `is beyond the stream's head, which is at ${head.version}`);
  });
  // Undefined after a damaged event: what follows it cannot be compared with it.
  let before: { readonly running: number; readonly bytes: number } | undefined;
  before = { running: runningFrom(name), bytes: 0 };
  yield* walk(
    () => head.version,
    after,
    function* (version) {
      const row = yield* damageOf(() => events.verify(head, version));
      const follows = row && before && row[0] === before.bytes && row[1] === before.running;
      if (row && before && !follows)
        yield* damageOf(() => damaged(eventName(name, version), "does not follow the one before"));
      before = row && { running: crc32(row[3], row[1]), bytes: row[0] + row[3].length };
      return row !== undefined;
    },
  );
  if (before !== undefined && (before.running !== head.running || before.bytes !== head.bytes)) {
    yield* damageOf(() => damaged(streamName(name), "has another last event than its head says"));
  }
}

/** Events of streams that are not there. */
function* checkOrphans(known: ReadonlySet<number>, { events, streams }: Tables): Check {
  for (let from = 0; ; ) {
    const place = yield* damageOf(() => events.after(from));
    if (place === undefined) return;
    const number = Math.floor(place / streamSize);
    // One that was begun meanwhile is no orphan.
    if (!known.has(number)) yield* damageOf(() => streams.numbered(number));
    from = placeOf(number + 1, 0);
    yield undefined;
  }
}

function damaged(what: string, how: string): never {
  throw new StoreDamaged(what, `${what} ${how}.`);
}
