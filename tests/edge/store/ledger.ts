// What a process was told of its appends, and whether a store holds that and nothing else.
import assert from "node:assert/strict";
import { type Append, type EventStore, StoreUnavailable } from "../../../edge/store/event_store.ts";
import { all, saysOf } from "./appends.ts";
import { plain } from "./contract/appending.ts";

/** Some bytes, the same for the same id: short or long, so that some commits write many pages. */
export function saysBy(id: string, number: number): string {
  return `${id}.${number}.${"x".repeat((id.charCodeAt(id.length - 1) % 4) * 2_000)}`;
}

export class Ledger {
  /** Acknowledged: they must be there. */
  readonly acknowledged: Append[] = [];
  /** Their callers do not know: they may be there, or not, but not in part. */
  readonly unknown: Append[] = [];
  /** Why, for each refused one. */
  readonly reasons: string[] = [];
  /** How far somebody has seen each stream, and the log (""). */
  readonly #seen = new Map<string, number>();

  /** Looks at streams and at the log: what is seen once is there for ever. */
  async look(store: EventStore, streams: readonly string[]): Promise<void> {
    const saw = (name: string, version: number) => this.#seen.set(name, Math.max(version, this.#seen.get(name) ?? 0));
    try {
      for (const stream of streams) saw(stream, await store.head(stream));
      saw("", (await store.log(0, Number.POSITIVE_INFINITY)).length);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** @throws whatever an append ends with that is neither its answer nor `StoreUnavailable`. */
  async submit(store: EventStore, append: Append): Promise<void> {
    try {
      const { kind } = await store.append(append);
      // Whatever was known is acknowledged by that, and a conflict says that nothing was done.
      if (kind === "appended" || kind === "known") this.acknowledged.push(append);
      else this.reasons.push(kind);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.reasons.push(error.reason);
      this.unknown.push(append);
    }
  }

  /** Everything acknowledged is there, once and byte for byte; what else is there is whole; nothing is damaged. */
  async compare(store: EventStore): Promise<void> {
    assert.deepEqual(await all(store.check()), []);
    const there = new Map<string, Append>();
    for (const append of this.acknowledged) {
      const { id } = append.decided;
      assert.deepEqual(plain(await store.decided(id)), plain(append.decided), `command ${id} was acknowledged`);
      there.set(id, append);
    }
    for (const append of this.unknown) {
      const { id } = append.decided;
      const decided = await store.decided(id);
      if (decided === undefined) continue;
      assert.deepEqual(plain(decided), plain(append.decided));
      there.set(id, append);
    }
    const streams = new Set([...there.values()].map(({ decided }) => decided.stream));
    for (const stream of streams) await compareStream(store, stream, [...there.values()]);
    for (const [stream, version] of this.#seen) {
      const now = stream === "" ? (await store.log(0, Number.POSITIVE_INFINITY)).length : await store.head(stream);
      assert.ok(now >= version, `${stream || "the log"} was seen at ${version}, and is at ${now}`);
    }
  }
}

async function compareStream(store: EventStore, stream: string, appends: readonly Append[]): Promise<void> {
  const expected: string[] = [];
  for (const { decided, events } of appends.filter((each) => each.decided.stream === stream)) {
    for (const { version, bytes } of events) {
      assert.equal(expected[version - 1], undefined, `event ${stream} ${version} by ${decided.id} is there once`);
      expected[version - 1] = new TextDecoder().decode(bytes);
    }
  }
  assert.deepEqual(await saysOf(store, stream), expected);
  assert.equal(await store.head(stream), expected.length);
}
