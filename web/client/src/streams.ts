import type { ContextTypes } from "@crowbar/domain";
import { type Api, Unanswered } from "./api.ts";
import type { Kept } from "./kept.ts";
import type { Pace } from "./pace.ts";
import { Stream } from "./stream.ts";
import type { World } from "./world.ts";

/** The server gives no more events at once. */
const mostEvents = 10_000;
/** Streams that nobody looks at stay open for so many more. */
const mostIdle = 20;
/** A snapshot is kept again when the stream has grown by a fiftieth: what is written stays in proportion to what is new. */
const snapshotShare = 50;
/** A stream that may not be read is asked for again after so many ms, if there is news of it. */
const hiddenMs = 5_000;

export interface StreamsParts<C extends ContextTypes> {
  readonly world: World<C>;
  readonly api: Api;
  readonly pace: Pace;
  readonly kept: Kept;
  readonly signal: AbortSignal;
  /** Something may have changed that is shown. */
  readonly onChanged: () => void;
  /** The log has events that these rules do not know. */
  readonly onUnknownEvent: () => void;
}

/** The streams that are known here, and how they get to know the log. */
export class Streams<C extends ContextTypes> {
  readonly #parts: StreamsParts<C>;
  readonly #all = new Map<string, Stream<C>>();
  readonly #loading = new Map<Stream<C>, { again: boolean }>();
  /** Up to which version a snapshot is kept. */
  readonly #snapshots = new Map<Stream<C>, number>();

  constructor(parts: StreamsParts<C>) {
    this.#parts = parts;
  }

  of(name: string): Stream<C> {
    let stream = this.#all.get(name);
    if (stream === undefined) {
      stream = new Stream(name, this.#parts.world, (each) => {
        if (each.active) this.load(each);
        else this.#closeIdle();
      });
      this.#all.set(name, stream);
    }
    return stream;
  }

  /** Those that exist here. */
  get all(): Iterable<Stream<C>> {
    return this.#all.values();
  }

  find(name: string): Stream<C> | undefined {
    return this.#all.get(name);
  }

  /** The log has that version by now. */
  heard(name: string, version: number): void {
    const stream = this.#all.get(name);
    if (!stream?.active || version <= stream.version) return;
    // Who may not read it hears of it all the same, from views that are everybody's.
    if (stream.state !== "hidden" || Date.now() - stream.hiddenAt > hiddenMs) this.load(stream);
  }

  /** Asks for what is new, as long as somebody wants to know. */
  load(stream: Stream<C>): void {
    const running = this.#loading.get(stream);
    if (running !== undefined) running.again = true;
    else void this.#load(stream);
  }

  loadAll(): void {
    for (const stream of this.#all.values()) if (stream.active) this.load(stream);
  }

  /** Is it being asked for now? */
  isLoading(stream: Stream<C>): boolean {
    return this.#loading.has(stream);
  }

  /** What was folded of it is gone. */
  lost(stream: Stream<C>): void {
    this.#snapshots.delete(stream);
    if (stream.active) this.load(stream);
  }

  /** All handles belong to rules that do not decide any more. */
  resetAll(): void {
    for (const stream of this.#all.values()) {
      stream.reset();
      this.#snapshots.delete(stream);
    }
    this.loadAll();
  }

  closeAll(): void {
    for (const stream of this.#all.values()) stream.reset();
    this.#all.clear();
  }

  /** Fetches what a view has not heard and nobody here remembers. */
  async fill(stream: Stream<C>, after: number): Promise<void> {
    const answer = await this.#ask(stream, after).catch(() => undefined);
    if (answer?.bytes === undefined) return;
    stream.prepend(answer.bytes, after);
    this.#parts.onChanged();
  }

  async keepAll(): Promise<void> {
    await Promise.all([...this.#all.values()].map((stream) => this.#keep(stream)));
  }

  async #load(stream: Stream<C>): Promise<void> {
    const { pace, signal, onChanged } = this.#parts;
    const run = { again: true };
    this.#loading.set(stream, run);
    const tries = pace.tries();
    while (run.again && stream.active && !signal.aborted) {
      run.again = false;
      try {
        await this.#restore(stream);
        await this.#fetch(stream);
        tries.succeeded();
      } catch (error) {
        if (signal.aborted) break;
        run.again = true;
        await tries.rest(signal, error instanceof Unanswered ? error : {});
      }
    }
    this.#loading.delete(stream);
    if (signal.aborted) return;
    if (stream.state === "ready") stream.prepare();
    onChanged();
  }

  async #restore(stream: Stream<C>): Promise<void> {
    if (stream.hasBase() || this.#snapshots.has(stream)) return;
    const { kept, world, onChanged } = this.#parts;
    const snapshot = await kept.snapshot(stream.name);
    this.#snapshots.set(stream, 0);
    if (snapshot === undefined || snapshot.domain !== world.domain.hash || stream.hasBase()) return;
    if (!stream.restore(snapshot.bytes)) return;
    this.#snapshots.set(stream, snapshot.version);
    onChanged();
  }

  async #fetch(stream: Stream<C>): Promise<void> {
    const { world, onChanged, onUnknownEvent } = this.#parts;
    for (;;) {
      const after = stream.version;
      const { domain } = world;
      const answer = await this.#ask(stream, after);
      if (world.domain !== domain) continue;
      if (answer.bytes === undefined) {
        stream.hide();
        return onChanged();
      }
      const reached = answer.version;
      // What is known here is not in that log: it is another one by now.
      if (reached < after) return this.#forget(stream);
      // Forgotten meanwhile, by a module that has stopped.
      if (stream.version < after) continue;
      try {
        stream.advance(answer.bytes, after);
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === "event_unknown") onUnknownEvent();
        else this.#forget(stream);
        throw error;
      }
      onChanged();
      if (reached - after < mostEvents) return;
    }
  }

  /** The events after a version; none where this person may not read the stream, or there is none. */
  async #ask(stream: Stream<C>, after: number): Promise<{ readonly bytes?: Uint8Array; readonly version: number }> {
    const { api, signal } = this.#parts;
    const answer = await api.ask(`/streams/${encodeURIComponent(stream.name)}/events?after=${after}`, { signal });
    if (answer.status === 403 || answer.status === 404) {
      const { error } = await answer.json().catch(() => ({}));
      if (typeof error?.code === "string" && error.code !== "route_not_found") return { version: 0 };
    }
    const version = Number(answer.headers.get("crowbar-version") ?? Number.NaN);
    if (answer.status !== 200 || !Number.isSafeInteger(version)) throw new Unanswered("That is no answer.");
    return { bytes: new Uint8Array(await answer.arrayBuffer()), version };
  }

  #forget(stream: Stream<C>): void {
    stream.reset();
    stream.recents.clear();
    void this.#parts.kept.keepSnapshot(stream.name, undefined);
    this.load(stream);
  }

  async #keep(stream: Stream<C>): Promise<void> {
    const { version } = stream;
    const since = version - (this.#snapshots.get(stream) ?? 0);
    if (stream.state !== "ready" || stream.stale || since < Math.max(1, version / snapshotShare)) return;
    const bytes = stream.snapshot();
    if (bytes === undefined) return;
    this.#snapshots.set(stream, version);
    await this.#parts.kept.keepSnapshot(stream.name, { domain: this.#parts.world.domain.hash, version, bytes });
  }

  #closeIdle(): void {
    const idle = [...this.#all.values()].filter((stream) => !stream.active && !this.#loading.has(stream));
    for (const stream of idle.slice(0, -mostIdle)) {
      stream.reset();
      this.#snapshots.delete(stream);
      this.#all.delete(stream.name);
    }
  }
}
