import type { Actor, AggregateName, ContextTypes, Domain } from "@crowbar/domain";
import { Api, type Reach } from "./api.ts";
import { readHistory } from "./history.ts";
import type { Kept } from "./kept.ts";
import { Outbox } from "./outbox.ts";
import { Pace } from "./pace.ts";
import { listen, type Position } from "./positions.ts";
import { Rules } from "./rules.ts";
import { Sender } from "./sender.ts";
import { Streams } from "./streams.ts";
import { type LeaderStatus, Tabs, type Told } from "./tabs.ts";
import type { AggregateNow, Client, ClientOptions, SyncStatus, Watched } from "./types.ts";
import { Views } from "./views.ts";
import { Source } from "./watched.ts";
import type { World } from "./world.ts";

const keepAfterMs = 300;

/** The parts of a client, put together. */
export class OpenClient<C extends ContextTypes> implements Client<C> {
  readonly actor: Actor;
  readonly status: Source<SyncStatus>;
  readonly #kept: Kept;
  readonly #end = new AbortController();
  readonly #pace: Pace;
  readonly #api: Api;
  readonly #rules: Rules<C>;
  readonly #tabs: Tabs;
  readonly #streams: Streams<C>;
  readonly #views: Views<C>;
  readonly #outbox: Outbox<C>;
  readonly #sender: Sender<C>;
  readonly #watched = new Map<string, Watched<unknown>>();
  #reach: Reach = "connecting";
  #pushed = false;
  #full: string | undefined;
  #lastId: string | undefined;
  /** What the tab that leads has said last. */
  #told: LeaderStatus | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ClientOptions<C>, actor: Actor, kept: Kept, name: string) {
    this.actor = actor;
    this.#kept = kept;
    const { signal } = this.#end;
    const pace = new Pace(options.retry ?? { firstMs: 500, mostMs: 30_000 });
    const api = new Api(options, pace, (reach) => this.#reached(reach));
    const onChanged = () => this.changed();
    const shared = { world: this, api, pace, kept, signal, onChanged };
    this.#pace = pace;
    this.#api = api;
    this.#tabs = new Tabs(
      name,
      (told) => this.#hear(told),
      () => void this.#lead(),
    );
    this.#rules = new Rules({
      ...shared,
      options,
      onLoaded: () => this.#streams.resetAll(),
      // What is sent with these is not understood: a page that was opened later can send it.
      onOutdated: () => this.#tabs.resign(),
    });
    this.#streams = new Streams({ ...shared, onUnknownEvent: () => void this.#rules.ask(true) });
    this.#views = new Views({ ...shared, streams: this.#streams });
    this.#outbox = new Outbox({
      ...shared,
      streams: this.#streams,
      tabs: this.#tabs,
      onWork: () => this.#sender.wake(),
      onKept: (error) => {
        this.#full = error?.message;
      },
    });
    this.#sender = new Sender({
      ...shared,
      streams: this.#streams,
      outbox: this.#outbox,
      rules: this.#rules,
    });
    this.status = new Source(this.#statusNow());
  }

  /** @internal */
  async begin(): Promise<void> {
    await this.#outbox.read();
    const awake = () => this.#pace.wake();
    globalThis.addEventListener?.("online", awake, { signal: this.#end.signal });
    // A push that has lasted through it says nothing: any answer tells that the server is reached.
    globalThis.addEventListener?.("online", () => void this.#rules.ask(false), { signal: this.#end.signal });
    globalThis.addEventListener?.("offline", () => this.#reached("offline"), { signal: this.#end.signal });
    globalThis.document?.addEventListener("visibilitychange", awake, { signal: this.#end.signal });
    // The last moment: this page may be gone before the next timer.
    globalThis.addEventListener?.("pagehide", () => void this.#keepAll(), { signal: this.#end.signal });
    this.#tabs.tell({ kind: "who_leads" });
    this.changed();
  }

  /** The rules that decide here now. */
  get domain(): Domain<C> {
    return this.#rules.domain;
  }

  readonly aggregate = <A extends AggregateName<C>>(name: A, id: string): Watched<AggregateNow<C, A>> => {
    const stream = `${name}-${id}`;
    return this.#watch(stream, () => this.#streams.of(stream).source) as unknown as Watched<AggregateNow<C, A>>;
  };

  readonly view: Client<C>["view"] = (key) => this.#watch(`/${key}`, () => this.#views.of(key).source) as never;

  readonly send: Client<C>["send"] = (command, how) => this.#outbox.send(command as never, how) as never;
  readonly retry: Client<C>["retry"] = (id, data, how) => this.#outbox.retry(id, data, how);
  readonly discard: Client<C>["discard"] = (id) => this.#outbox.discard(id);

  get waiting(): Client<C>["waiting"] {
    return this.#outbox.waiting;
  }

  get rejected(): Client<C>["rejected"] {
    return this.#outbox.rejected;
  }

  readonly history: Client<C>["history"] = (name, id, signal = this.#end.signal) =>
    readHistory({ api: this.#api, domain: this.domain, actor: this.actor }, name, `${name}-${id}`, signal);

  async close(): Promise<void> {
    this.#end.abort();
    this.#tabs.close();
    await this.#keepAll();
    this.#streams.closeAll();
    this.#kept.close();
  }

  /** Shows what has changed, all of it at once. */
  changed(): void {
    if (this.#end.signal.aborted) return;
    for (const stream of this.#streams.all) stream.publish();
    // A stream that was folded anew may be sent to again.
    this.#sender.wake();
    this.#keeping ??= setTimeout(() => void this.#keepAll(), keepAfterMs);
    this.#views.showAll();
    this.#outbox.publish();
    const status = this.#statusNow();
    const before = this.status.get();
    const keys = new Set([...Object.keys(status), ...Object.keys(before)]) as Set<keyof SyncStatus>;
    if ([...keys].every((key) => status[key] === before[key])) return;
    this.status.set(status);
    this.#tellStatus();
  }

  /** @internal */
  readonly onRefused: World<C>["onRefused"] = (pending, rejection) => {
    // The tab that sends knows whether it was sent.
    if (this.#tabs.leads) void this.#outbox.refuse(pending, rejection, "here");
  };
  /** @internal */
  readonly onAccess: World<C>["onAccess"] = (stream) => this.#views.recheck(stream);
  /** @internal */
  readonly onShut: World<C>["onShut"] = (stream) => {
    this.#streams.load(stream);
    this.#views.recheck(stream);
  };
  /** @internal */
  readonly onLost: World<C>["onLost"] = (stream) => this.#streams.lost(stream);

  #watch<T>(name: string, source: () => Source<T>): Watched<unknown> {
    let watched = this.#watched.get(name);
    if (watched === undefined) {
      watched = { get: () => source().get(), subscribe: (listener) => source().subscribe(listener) };
      this.#watched.set(name, watched);
    }
    return watched;
  }

  /** This tab sends and listens from now on. */
  async #lead(): Promise<void> {
    await this.#outbox.read();
    this.changed();
    void this.#sender.run();
    void listen({
      api: this.#api,
      pace: this.#pace,
      signal: this.#end.signal,
      lastId: this.#lastId,
      onNews: (positions, lastId) => {
        this.#tabs.tell({ kind: "news", positions, lastId });
        this.#news(positions, lastId);
      },
      onMissed: (lastId) => {
        this.#tabs.tell({ kind: "news", lastId });
        this.#news(undefined, lastId);
      },
      onPush: (pushed) => {
        // The server may have begun anew, with other rules.
        if (pushed && !this.#pushed) void this.#rules.ask(false);
        this.#pushed = pushed;
        this.changed();
      },
    });
  }

  #news(positions: readonly Position[] | undefined, lastId: string | undefined): void {
    this.#lastId = lastId;
    if (positions === undefined) {
      this.#streams.loadAll();
      this.#views.loadAll();
    }
    for (const position of positions ?? []) {
      for (const [stream, version] of Object.entries(position.checkpoint ?? {})) this.#streams.heard(stream, version);
      this.#views.heard(position);
    }
  }

  #hear(told: Told): void {
    if (told.kind === "put") this.#outbox.put(told.entry, false);
    else if (told.kind === "ended") this.#outbox.end(told.id, told);
    else if (told.kind === "dismissed") this.#outbox.dismiss(told.id);
    else if (told.kind === "news") this.#news(told.positions, told.lastId);
    else if (told.kind === "who_leads") this.#tellStatus();
    else {
      this.#told = told.status;
      // Where the tab that sends has the server's rules, what waits is decided by these.
      if (told.domain === told.status.serverDomain) void this.#rules.upgrade(told.domain);
    }
    this.changed();
  }

  #reached(reach: Reach): void {
    if (this.#reach === reach) return;
    this.#reach = reach;
    queueMicrotask(() => this.changed());
  }

  /** What has become known is kept on the device, a little later. */
  async #keepAll(): Promise<void> {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    await Promise.all([this.#streams.keepAll(), this.#views.keepAll()]);
  }

  #tellStatus(): void {
    if (this.#tabs.leads) this.#tabs.tell({ kind: "status", status: this.#ownStatus(), domain: this.domain.hash });
  }

  #ownStatus(): LeaderStatus {
    const { retryAt } = this.#pace;
    const { server } = this.#rules;
    const waits = this.#reach !== "online" && retryAt !== undefined;
    return {
      state: this.#rules.outdated ? "outdated" : this.#reach,
      news: this.#pushed ? "push" : this.#reach === "online" ? "polling" : "none",
      ...(server !== undefined && { serverDomain: server }),
      ...(waits && { retryAt }),
    };
  }

  #statusNow(): SyncStatus {
    const leader = this.#tabs.leads;
    const storage = this.#kept.trouble ?? this.#full;
    return {
      ...((!leader && !this.#rules.outdated && this.#told) || this.#ownStatus()),
      waiting: this.#outbox.waiting.get().length,
      rejected: this.#outbox.rejected.get().length,
      leader,
      domain: this.domain.hash,
      ...(storage !== undefined && { storage }),
    };
  }
}
