import { StoreDamaged } from "../event_store.ts";
import { byBytes } from "../names.ts";
import { claimName, holderOf } from "./claims.ts";
import { cursorName, positionOf } from "./cursors.ts";
import { naming } from "./failures.ts";
import { snapshotName, snapshotOf } from "./snapshots.ts";
import type { Tables } from "./tables.ts";
import { type Check, damageOf } from "./walk.ts";

const page = 500;

/** Every claim is held by a stream that is there. */
export function* checkClaims({ claims, streams }: Tables): Check {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const from: string = after;
    const rows = (yield* damageOf(() => claims.page(from, page))) ?? [];
    for (const row of rows) {
      yield* damageOf(() => naming(claimName(row[0]), () => streams.numbered(holderOf(row))));
    }
    const last = rows.at(-1)?.[0];
    // Keys that a damaged page has out of order would be read for ever.
    after = last !== undefined && byBytes(last, from) > 0 ? last : undefined;
    yield undefined;
  }
}

/** A snapshot is of a stream that came so far. */
export function* checkSnapshots({ snapshots, streams }: Tables): Check {
  for (let after = 0; ; ) {
    const found = yield* damageOf(() => snapshots.after(after));
    if (found === undefined) return;
    const [row, ...snapshot] = found;
    yield* damageOf(() => {
      const { stream, domain, version } = snapshotOf(snapshot);
      const head = streams.find(stream)?.version ?? 0;
      const what = snapshotName(stream, domain);
      if (version > head) throw new StoreDamaged(what, `${what} is of version ${version}; the stream is at ${head}.`);
    });
    after = row;
    yield undefined;
  }
}

/** A cursor is where the log has been. */
export function* checkCursors({ cursors, commits }: Tables): Check {
  for (const row of (yield* damageOf(() => cursors.all())) ?? []) {
    yield* damageOf(() => {
      const position = positionOf(row);
      const { last } = commits.numbers;
      const what = cursorName(row[0]);
      if (position > last) throw new StoreDamaged(what, `${what} is at ${position}; the log ends at ${last}.`);
    });
  }
}
