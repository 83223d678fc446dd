import { setImmediate } from "node:timers/promises";
import { CrowbarError } from "@crowbar/domain";
import type { Clock } from "../context/clock.ts";
import type { Domain } from "../domain.ts";
import { readView } from "../projector/read_view.ts";
import { type EventStore, StoreDamaged } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import { Bell } from "./bell.ts";
import type { Damage, Observer } from "./observer.ts";
import { Patrol } from "./patrol.ts";
import type { CatchUp, Queue } from "./queue.ts";
import { type ReadEntry, readLog } from "./read_log.ts";
import { Router } from "./router.ts";

export interface ReconcilerOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly queue: Queue;
  readonly clock: Clock;
  /** Everything up to this place in the log should be in the views, or put aside. */
  readonly settledAt: () => number;
  readonly observer?: Observer;
}

/** What a look at log and views has found. */
export interface Reconciled {
  /** Events of which every view was looked at. */
  readonly events: number;
  /** Views that lacked something, and are brought up to the log now. */
  readonly behind: readonly CatchUp[];
  readonly damages: readonly Damage[];
}

/** Events that are looked at together: their views are read once. */
const batch = 5_000;
const firstMs = 1_000;
const everyMs = 60_000;
const cursor = "verified";

/**
 * Compares what has been committed with the checkpoints of the views that it touches, and has those that are behind catch
 * up. What was found in order is remembered, across restarts, and not looked at again. It names what it cannot mend.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #patrol: Patrol;
  readonly #end = new AbortController();
  readonly #bell = new Bell();
  #verified = -1;
  #running: Promise<void> | undefined;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#patrol = new Patrol(options);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#running;
  }

  /**
   * Looks at what is new since it looked last, or at everything: then also at what was found in order before. One call at a
   * time. Throws what the store and the views throw.
   */
  async reconcile({ everything = false } = {}): Promise<Reconciled> {
    const { domain, store, queue } = this.#options;
    if (this.#verified < 0) this.#verified = await store.cursor(cursor);
    const settled = this.#options.settledAt();
    const router = new Router(domain, store);
    const behind: CatchUp[] = [];
    const damages: Damage[] = [];
    let events = 0;
    let verified = everything ? 0 : this.#verified;
    try {
      for (let at = verified; at < settled && !this.#end.signal.aborted; ) {
        const entries = (await readLog(store, at, batch)).filter(({ position }) => position <= settled);
        const last = entries.at(-1);
        if (last === undefined) break;
        const found = await this.#look(router, entries, damages);
        behind.push(...found);
        if (behind.length === 0) verified = last.position;
        at = last.position;
        events += entries.length;
        await setImmediate();
      }
    } finally {
      router.close();
    }
    await queue.publish(behind);
    if (verified > this.#verified) await store.saveCursor(cursor, verified);
    this.#verified = Math.max(verified, this.#verified);
    damages.push(...(await this.#patrol.next()));
    for (const damage of damages) this.#options.observer?.damaged?.(damage);
    return { events, behind, damages };
  }

  async #run(): Promise<void> {
    const { clock, observer } = this.#options;
    const { signal } = this.#end;
    await this.#bell.heard(clock, firstMs, signal);
    while (!signal.aborted) {
      await this.reconcile().catch((error: unknown) => observer?.failed?.("reconciler", error));
      await this.#bell.heard(clock, everyMs, signal);
    }
  }

  /** Which views lack some of these events, and are not halted. */
  async #look(router: Router, entries: readonly ReadEntry[], damages: Damage[]): Promise<readonly CatchUp[]> {
    const { domain, views, queue, store } = this.#options;
    const behind: CatchUp[] = [];
    const halted = new Set((await queue.deadLetters()).map(({ group, stream }) => `${group} ${stream}`));
    for (const [key, streams] of await this.#expected(router, entries)) {
      // Where routing failed there is no such view; who takes it routes again.
      const read = streams.has(key) ? ({ kind: "none" } as const) : await readView(domain, views, key);
      if (read.kind === "unreadable") damages.push({ kind: "unreadable", view: key, reason: read.reason });
      if (read.kind === "unreadable") continue;
      for (const [stream, { first, last }] of streams) {
        if (halted.has(`${key} ${stream}`)) continue;
        const heard = read.kind === "view" ? read.heard(stream) : 0;
        if (heard < last) behind.push({ group: key, stream, version: first });
        const head = heard > last ? await store.head(stream) : heard;
        if (heard > head) damages.push({ kind: "ahead", view: key, stream, at: heard, head });
      }
    }
    return behind;
  }

  /** By view and stream: the first and the last of the events that touch it. */
  async #expected(router: Router, entries: readonly ReadEntry[]) {
    const expected = new Map<string, Map<string, { readonly first: number; readonly last: number }>>();
    for (const entry of entries) {
      const { stream, version } = entry;
      for (const key of await this.#keysOf(router, entry)) {
        const streams = expected.get(key) ?? new Map<string, { readonly first: number; readonly last: number }>();
        expected.set(key, streams);
        streams.set(stream, { first: streams.get(stream)?.first ?? version, last: version });
      }
    }
    return expected;
  }

  async #keysOf(router: Router, entry: ReadEntry): Promise<readonly string[]> {
    if (entry.damage !== undefined) return [entry.stream];
    try {
      return await router.keysOf(entry);
    } catch (error) {
      if (error instanceof CrowbarError || error instanceof StoreDamaged) return [entry.stream];
      throw error;
    }
  }
}
