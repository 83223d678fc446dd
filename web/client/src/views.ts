import type { Catalog, ContextTypes, Domain } from "@crowbar/domain";
import { type Api, Unanswered } from "./api.ts";
import type { Kept } from "./kept.ts";
import type { Pace } from "./pace.ts";
import type { Position } from "./positions.ts";
import type { Stream } from "./stream.ts";
import type { Streams } from "./streams.ts";
import { type OnTop, type StoredView, View } from "./view.ts";

/** So many events on top of a view are fine; then its new version is fetched. */
const mostOnTop = 100;
/** So many events that a view may have missed are fetched from the log. */
const mostMissed = 2_000;
/** Views that nobody looks at stay open for so many more. */
const mostIdle = 50;

export interface ViewsParts<C extends ContextTypes> {
  readonly world: { readonly domain: Domain<C> };
  readonly streams: Streams<C>;
  readonly api: Api;
  readonly pace: Pace;
  readonly kept: Kept;
  readonly signal: AbortSignal;
  readonly onChanged: () => void;
}

/** The views that somebody looks at, and how they get to know the server's. */
export class Views<C extends ContextTypes> {
  readonly #parts: ViewsParts<C>;
  readonly #all = new Map<string, View>();
  readonly #loading = new Map<View, { again: boolean }>();
  /** For which gaps of which streams the log was asked: once. */
  readonly #filled = new Set<string>();

  constructor(parts: ViewsParts<C>) {
    this.#parts = parts;
  }

  of(key: string): View {
    let view = this.#all.get(key);
    if (view === undefined) {
      const made: View = new View(key, () => {
        if (made.source.watched) this.load(made);
        else this.#closeIdle();
      });
      view = made;
      this.#all.set(key, view);
    }
    return view;
  }

  /** Shows what is known, in every view that somebody looks at. */
  showAll(): void {
    for (const view of this.#all.values()) if (view.source.watched) this.#show(view);
  }

  loadAll(): void {
    for (const view of this.#all.values()) if (view.source.watched) this.load(view);
  }

  /** Keeps on the device what is shown of the log, so that it opens as it was left. */
  async keepAll(): Promise<void> {
    // All of them begin now: a page that is going away has no later.
    await Promise.all([...this.#all.values()].map((view) => this.#keep(view)));
  }

  async #keep(view: View): Promise<void> {
    if (!view.source.watched || view.stored === undefined) return;
    const { etag } = view.stored;
    try {
      const bytes = view.ahead(this.#parts.world.domain, this.#onTop(view));
      if (bytes !== undefined) await this.#parts.kept.keepView(view.key, { bytes, etag, at: Date.now() });
    } catch {
      // What does not fit is not kept: the server has it.
    }
  }

  /** Asks anew for the views of a stream: who may read them may have changed. */
  recheck(stream: Stream<C>): void {
    for (const view of this.#all.values()) {
      if (view.source.watched && this.#streamOf(view.key) === stream.name) this.load(view);
    }
  }

  /**
   * A view has a new version. Where its stream is followed here anyway, the events say the same; else it is fetched.
   */
  heard({ view: key, etag, checkpoint }: Position): void {
    const view = this.#all.get(key);
    if (view === undefined || !view.source.watched || (view.next ?? view.stored)?.etag === etag) return;
    const name = this.#streamOf(key);
    const stream = name === undefined ? undefined : this.#parts.streams.find(name);
    const before = name === undefined ? undefined : view.stored?.checkpoint[name];
    const follows =
      name !== undefined &&
      before !== undefined &&
      stream?.active &&
      stream.state === "ready" &&
      stream.knownAfter <= before &&
      (checkpoint?.[name] ?? 0) > before &&
      stream.unheard(key, before).length <= mostOnTop;
    if (!follows) this.load(view);
  }

  /** Asks the server, as long as somebody wants to know. */
  load(view: View): void {
    const running = this.#loading.get(view);
    if (running !== undefined) running.again = true;
    else void this.#load(view);
  }

  async #load(view: View): Promise<void> {
    const { pace, signal } = this.#parts;
    const run = { again: true };
    this.#loading.set(view, run);
    const tries = pace.tries();
    this.#show(view);
    while (run.again && view.source.watched && !signal.aborted) {
      run.again = false;
      try {
        await this.#restore(view);
        await this.#fetch(view);
        tries.succeeded();
      } catch (error) {
        if (signal.aborted) break;
        if (view.state === "loading") view.state = "unavailable";
        this.#show(view);
        run.again = true;
        await tries.rest(signal, error instanceof Unanswered ? error : {});
      }
    }
    this.#loading.delete(view);
  }

  /** From the device, where it was seen before. */
  async #restore(view: View): Promise<void> {
    if (view.stored !== undefined || view.state !== "loading") return;
    const kept = await this.#parts.kept.view(view.key);
    if (kept === undefined) return;
    view.store(kept.bytes, kept.etag);
    this.#show(view);
  }

  async #fetch(view: View): Promise<void> {
    const { api, kept, signal } = this.#parts;
    const { key } = view;
    const known = view.next ?? view.stored;
    const headers = known && { "if-none-match": known.etag };
    const path = `/views/${key.split("/").map(encodeURIComponent).join("/")}.json`;
    const answer = await api.ask(path, { signal, ...(headers && { headers }) });
    if (answer.status === 200) {
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const etag = answer.headers.get("etag");
      if (etag === null) throw new Unanswered("That is no view.");
      view.store(bytes, etag);
      void kept.keepView(key, { bytes, etag, at: Date.now() });
    } else if (answer.status === 403 || answer.status === 404) {
      const { error } = await answer.json().catch(() => ({}));
      if (typeof error?.code !== "string" || error.code === "route_not_found") throw new Unanswered("That is no view.");
      view.stored = view.next = undefined;
      view.state = answer.status === 403 ? "hidden" : "missing";
      void kept.keepView(key, undefined);
    } else if (answer.status !== 304) throw new Unanswered(`View ${key} was answered with ${answer.status}.`);
    view.answered = true;
    this.#show(view);
  }

  #show(view: View): void {
    if (view.next !== undefined && this.#isCaughtUp(view.next)) {
      view.stored = view.next;
      view.next = undefined;
    }
    const onTop = this.#onTop(view);
    for (let tries = 0; ; tries += 1) {
      try {
        view.show(this.#parts.world.domain, onTop);
        return;
      } catch (error) {
        // A module that has stopped was replaced: once more. Else what is on top does not fit: the server's word alone.
        const hasStopped = (error as { readonly code?: unknown }).code === "core_unavailable";
        if (hasStopped && tries === 0) continue;
        view.show(this.#parts.world.domain, []);
        return;
      }
    }
  }

  /** Is the log known as far as the view, wherever something waits on top of it? Else it is asked for. */
  #isCaughtUp({ checkpoint }: StoredView): boolean {
    let isCaughtUp = true;
    for (const stream of this.#parts.streams.all) {
      if (stream.state === "hidden" || stream.version >= (checkpoint[stream.name] ?? 0)) continue;
      if (stream.pending.every(({ lines }) => lines.length === 0)) continue;
      isCaughtUp = false;
      if (!this.#parts.streams.isLoading(stream)) this.#parts.streams.load(stream);
    }
    return isCaughtUp;
  }

  #onTop(view: View): readonly OnTop[] {
    const { streams } = this.#parts;
    const own = this.#streamOf(view.key);
    const aggregate = this.#catalog(view.key)?.aggregate;
    const onTop: OnTop[] = [];
    for (const stream of streams.all) {
      if (own === undefined ? stream.aggregate !== aggregate : stream.name !== own) continue;
      const heard = view.stored?.checkpoint[stream.name] ?? 0;
      // Who may read neither the view nor the stream any more sees nothing of what was known of it.
      const isShut = view.state === "hidden" && stream.state === "hidden";
      const lines = stream.unheard(view.key, heard).filter(({ waits }) => waits || !isShut);
      if (lines.length === 0) continue;
      const { knownAfter } = stream;
      // A part of a view that nobody has seen whole is not shown: the rest would come as a surprise.
      const isUnknown = view.stored === undefined && (view.state === "loading" || view.state === "hidden");
      if (isUnknown && (own === undefined || knownAfter > 0)) continue;
      onTop.push({ stream: stream.name, lines });
      if (view.stored !== undefined && heard < knownAfter) this.#fill(stream, heard, knownAfter);
    }
    return onTop;
  }

  /** What lies between a view and the events that are remembered may concern it. */
  #fill(stream: Stream<C>, heard: number, knownAfter: number): void {
    const gap = `${stream.name} ${heard}`;
    if (knownAfter - heard > mostMissed || this.#filled.has(gap)) return;
    this.#filled.add(gap);
    void this.#parts.streams.fill(stream, heard);
  }

  /** The one stream that a view is about; undefined where it is about many. */
  #streamOf(key: string): string | undefined {
    const [, id] = key.split("/");
    if (id === undefined) return undefined;
    const prefix = `${this.#catalog(key)?.aggregate}-`;
    return id.startsWith(prefix) ? id : prefix + id;
  }

  #catalog(key: string): Catalog["views"][number] | undefined {
    const name = key.split("/", 1)[0];
    return this.#parts.world.domain.describe().views.find((view) => view.name === name);
  }

  #closeIdle(): void {
    const idle = [...this.#all.values()].filter((view) => !view.source.watched);
    for (const view of idle.slice(0, -mostIdle)) this.#all.delete(view.key);
  }
}
