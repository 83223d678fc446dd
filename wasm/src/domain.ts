import { Aggregate } from "./aggregate.ts";
import { bytesOf } from "./bytes.ts";
import type { Catalog } from "./catalog.ts";
import type { Core } from "./core.ts";
import type { ObjectsOf } from "./fields.ts";
import { Objects } from "./objects.ts";
import { Pages } from "./pages.ts";
import type { AggregateName, ContextTypes, Event, Rejection, ViewData } from "./types.ts";
import { View } from "./view.ts";

/** One context: its rules and its views, in one instance of its module. */
export class Domain<C extends ContextTypes> {
  /** The sha-256 of the module, hex: it stands in every event and every view. */
  readonly hash: string;
  readonly #core: Core;
  readonly #catalog: Catalog;
  readonly #objectsOfContext: ObjectsOf;
  readonly #objects = new Map<string, Objects>();

  /** @internal Made by `load` and `loadSync`. */
  constructor(core: Core, hash: string, catalog: Catalog, objects: ObjectsOf) {
    this.#core = core;
    this.hash = hash;
    this.#catalog = catalog;
    this.#objectsOfContext = objects;
  }

  /** The commands, events, rejections and views, with bounds, words and shapes. */
  describe(): Catalog {
    return this.#catalog;
  }

  /**
   * Opens a stream in which nothing has happened yet: fold what is stored of it.
   *
   * @throws CrowbarError `unknown_aggregate`, or `stream_invalid` where the stream is not `<aggregate>-<id>`.
   */
  open<A extends AggregateName<C>>(aggregate: A, stream: string): Aggregate<C, A> {
    const name = bytesOf(aggregate);
    const streamName = bytesOf(stream);
    this.#core.put(name, streamName);
    const number = this.#core.need(this.#core.two("open", name.length, streamName.length));
    return new Aggregate(this.#core, number, stream, this.#objectsOf(aggregate));
  }

  /**
   * Opens a stream with the state of a snapshot.
   *
   * @throws CrowbarError `snapshot_corrupt`, or `snapshot_foreign` where another module made it: fold the stream again.
   */
  restore<A extends AggregateName<C> = AggregateName<C>>(snapshot: Uint8Array): Aggregate<C, A> {
    this.#core.put(snapshot);
    const number = this.#core.need(this.#core.one("restore", snapshot.length));
    const stream = this.#core.answerText();
    return new Aggregate(this.#core, number, stream, this.#objectsOf(stream.slice(0, stream.indexOf("-"))));
  }

  /**
   * Opens the empty view of a key, or a stored view from its bytes. The key may hold a stream's name in place of its id:
   * `messages/channel-general/1` is `messages/general/1`.
   *
   * @throws CrowbarError `unknown_view`, or a fault of the stored bytes.
   */
  view<const K extends string>(key: K): View<ViewData<C, K>>;
  view(stored: Uint8Array): View<unknown>;
  view(keyOrStored: string | Uint8Array): View<unknown> {
    const stored = typeof keyOrStored !== "string";
    const bytes = stored ? keyOrStored : bytesOf(keyOrStored);
    this.#core.put(bytes);
    return new View(this.#core, this.#core.need(this.#core.one(stored ? "loadView" : "view", bytes.length)));
  }

  /**
   * Opens all pages of one stream, by a key without its page: `messages/general`. They may go on from stored pages, one
   * after the other up to the last there is, of which any may be the first. They hear the stream from its first event,
   * or after the version that `beginAfter` says: one up to which everything was stored. What is in a page already passes
   * it by, so pages that a crash has left at different versions come together again.
   *
   * @throws CrowbarError `unknown_view`; `value_out_of_range` where a stored page is not the next one, or has not begun;
   *   or a fault of the stored bytes, with the page's place among them in `params.line`.
   */
  pages(key: string, stored: readonly Uint8Array[] = []): Pages {
    const name = bytesOf(key);
    const lines = joined(stored);
    this.#core.put(name, lines);
    return new Pages(this.#core, this.#core.need(this.#core.two("pages", name.length, lines.length)));
  }

  /**
   * The keys of the views that a stored event touches: no other view changes. Where only the folded stream knows on
   * which page a message stands, every page is named that the event's version allows; `Aggregate.viewKeysOf` is exact.
   */
  viewKeysOf(event: Event<C> | Uint8Array): readonly string[] {
    const bytes = event instanceof Uint8Array ? event : bytesOf(JSON.stringify(event));
    this.#core.put(bytes);
    this.#core.need(this.#core.two("viewKeys", 0, bytes.length));
    return JSON.parse(this.#core.answerText());
  }

  #objectsOf(aggregate: string): Objects {
    let objects = this.#objects.get(aggregate);
    if (objects === undefined) {
      objects = new Objects(this.#core, this.hash, this.#objectsOfContext[aggregate] ?? { commands: {}, events: [] });
      this.#objects.set(aggregate, objects);
    }
    return objects;
  }

  /** Is this JSON, as strictly as every door here reads it? The fault says why not. */
  check(json: Uint8Array | string): Rejection | undefined {
    const bytes = typeof json === "string" ? bytesOf(json) : json;
    this.#core.put(bytes);
    return this.#core.one("check", bytes.length) ? undefined : JSON.parse(this.#core.answerText());
  }
}

/** A line each. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const lines = new Uint8Array(parts.reduce((size, part) => size + part.length + 1, 0)).fill(10);
  let at = 0;
  for (const part of parts) {
    lines.set(part, at);
    at += part.length + 1;
  }
  return lines;
}
