import { setImmediate } from "node:timers/promises";
import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import type { Domain, Pages, View } from "../domain.ts";
import { linesOf } from "../relay/lines.ts";
import { readStretch, type Stretch } from "../relay/read_stretch.ts";
import { type EventStore, StoreDamaged } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import type { StreamHead } from "./all_streams.ts";
import { aggregateOf, type Kind, kindsOf } from "./kinds.ts";
import type { Stopwatch } from "./stopwatch.ts";

export interface RebuildingOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  /** As they were when it began: what comes later is caught up with. */
  readonly streams: readonly StreamHead[];
  /** Empty. */
  readonly views: ViewStore;
  /** Counts the time inside the module. */
  readonly module: Stopwatch;
  readonly progress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** A stream that a view could be rebuilt with up to an event, and why not further. */
export interface Stopped {
  readonly view: string;
  readonly stream: string;
  readonly reason: string;
}

/** Events of a stream that are read at once: some 1 MB. */
const page = 2_000;
/** A stream of at most so many events is read together with others. */
const few = 200;
/** Bytes of small streams that are handed over together. */
const together = 2 ** 18;
/** Views that are written at once. */
const writes = 256;

type Projected = View | Pages;

/** Views over all streams, and what they have not been handed yet. */
interface Once {
  readonly view: View;
  readonly waiting: { readonly stream: string; readonly events: Uint8Array }[];
  bytes: number;
  touched: boolean;
}

/** Makes every view from the whole log: streams as they lie there, to all views that hear them. */
export class Rebuilding {
  readonly #options: RebuildingOptions;
  readonly #kinds: ReadonlyMap<string, readonly Kind[]>;
  readonly #once = new Map<string, Once>();
  readonly #writing = new Set<Promise<void>>();
  #failed: unknown;
  readonly stopped: Stopped[] = [];
  events = 0;
  written = 0;

  constructor(options: RebuildingOptions) {
    this.#options = options;
    this.#kinds = kindsOf(options.domain.describe());
  }

  /** @throws CoreUnavailable where the module has stopped; what the store and the views throw; the signal's reason. */
  async run(): Promise<void> {
    try {
      await this.#streams();
      for (const once of this.#once.values()) {
        this.#flush(once);
        if (once.touched) await this.#write(once.view.key, once.view.bytes());
      }
    } finally {
      for (const { view } of this.#once.values()) view.close();
      await Promise.all(this.#writing);
    }
    if (this.#failed !== undefined) throw this.#failed;
  }

  /** Small streams many at once, the others page by page; and so those that were behind a damaged one. */
  async #streams(): Promise<void> {
    const { streams, store } = this.#options;
    const rest = new Map(streams.map((each) => [each.stream, each.version]));
    const small = streams.filter(({ version }) => version <= few).map(({ stream }) => stream);
    try {
      for await (const whole of store.readEach(small)) {
        for (const { stream, ...stretch } of whole) {
          await this.#stream(stream, stretch.version, () => stretch);
          rest.delete(stream);
        }
      }
    } catch (error) {
      if (!(error instanceof StoreDamaged)) throw error;
    }
    for (const [stream, head] of rest) {
      await this.#stream(stream, head, async (at) => {
        await setImmediate(); // commands have their turn
        return readStretch(store, stream, at, Math.min(page, head - at));
      });
    }
  }

  async #stream(stream: string, head: number, next: (at: number) => Stretch | Promise<Stretch>): Promise<void> {
    const { domain, signal, progress } = this.#options;
    const own: Projected[] = [];
    try {
      const kinds = this.#kinds.get(aggregateOf(stream)) ?? [];
      for (const { name, of } of kinds) {
        if (of === "once") this.#openOnce(name);
        else own.push(of === "page" ? domain.pages(`${name}/${stream}`) : domain.view(`${name}/${stream}`));
      }
      const touched = new Set<string>();
      const keys = own.filter((view) => !("touched" in view)).map(({ key }) => key);
      for (let at = 0; at < head; ) {
        const { events, version, damage } = await next(at);
        if (damage !== undefined) {
          for (const view of [...own.map(({ key }) => key), ...this.#onceNames(kinds)]) {
            this.stopped.push({ view, stream, reason: damage.message });
          }
          break;
        }
        if (version === at) throw new Error(`${stream} ends at ${at} in the log, and its head is ${head}.`);
        signal.throwIfAborted();
        const untouched = this.#onceNames(kinds).filter((name) => this.#once.get(name)?.touched === false);
        this.#touch(events, [...keys, ...untouched], touched);
        for (const view of own) this.#project(view, stream, events);
        for (const name of this.#onceNames(kinds)) this.#hand(name, stream, events, touched);
        this.events += version - at;
        at = version;
        progress(this.events);
      }
      for (const view of own) await this.#writeOwn(view, touched);
    } finally {
      for (const view of own) view.close();
    }
  }

  /** Which views are there at all: those that an event has touched. Mostly the first event tells. */
  #touch(events: Uint8Array, keys: readonly string[], touched: Set<string>): void {
    let missing = keys.filter((key) => !touched.has(key));
    for (const line of linesOf(events)) {
      if (missing.length === 0) return;
      for (const key of this.#keysOf(line)) touched.add(key);
      missing = missing.filter((key) => !touched.has(key));
    }
  }

  #keysOf(event: Uint8Array): readonly string[] {
    try {
      return this.#options.module.time(() => this.#options.domain.viewKeysOf(event));
    } catch (error) {
      if (error instanceof CoreUnavailable || !(error instanceof CrowbarError)) throw error;
      return []; // projecting it says so
    }
  }

  #project(view: Projected, stream: string, events: Uint8Array): void {
    try {
      this.#options.module.time(() => view.project(events));
    } catch (error) {
      if (error instanceof CoreUnavailable || !(error instanceof CrowbarError)) throw error;
      const known = this.stopped.some((each) => each.view === view.key && each.stream === stream);
      if (!known) this.stopped.push({ view: view.key, stream, reason: error.message });
    }
  }

  async #writeOwn(view: Projected, touched: ReadonlySet<string>): Promise<void> {
    if ("touched" in view) {
      for (const key of view.touched())
        await this.#write(
          key,
          this.#options.module.time(() => view.bytes(key)),
        );
    } else if (touched.has(view.key)) {
      await this.#write(
        view.key,
        this.#options.module.time(() => view.bytes()),
      );
    }
  }

  #onceNames(kinds: readonly Kind[]): readonly string[] {
    return kinds.filter(({ of }) => of === "once").map(({ name }) => name);
  }

  #openOnce(name: string): void {
    if (this.#once.has(name)) return;
    this.#once.set(name, { view: this.#options.domain.view(name), waiting: [], bytes: 0, touched: false });
  }

  #hand(name: string, stream: string, events: Uint8Array, touched: ReadonlySet<string>): void {
    const once = this.#once.get(name);
    if (once === undefined) return;
    once.touched ||= touched.has(name);
    once.waiting.push({ stream, events });
    once.bytes += events.length;
    if (once.bytes >= together) this.#flush(once);
  }

  #flush(once: Once): void {
    const waiting = once.waiting.splice(0);
    once.bytes = 0;
    const [only] = waiting;
    const events = waiting.length === 1 && only ? only.events : Buffer.concat(waiting.map(({ events }) => events));
    try {
      this.#options.module.time(() => once.view.project(events));
    } catch (error) {
      if (error instanceof CoreUnavailable || !(error instanceof CrowbarError)) throw error;
      // Stream by stream: the one that stops does not stop the others, and what is in the view already passes by.
      for (const { stream, events } of waiting) this.#project(once.view, stream, events);
    }
  }

  async #write(key: string, bytes: Uint8Array): Promise<void> {
    while (this.#writing.size >= writes) await Promise.race(this.#writing);
    if (this.#failed !== undefined) throw this.#failed;
    this.written += 1;
    const writing = this.#options.views
      .write(key, bytes, { ifNoneMatch: "*" })
      .then(({ kind }) => {
        if (kind === "changed") throw new Error(`View ${key} was there already, in views that were begun empty.`);
      })
      .catch((error: unknown) => {
        this.#failed ??= error;
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}
