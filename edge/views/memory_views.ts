import { etagOf } from "./etag.ts";
import { checkViewKey } from "./view_key.ts";
import { type Condition, type StoredView, type ViewStore, ViewsUnavailable, type WriteResult } from "./view_store.ts";

interface Generation {
  readonly name: string;
  readonly views: Map<string, StoredView>;
  dropped: boolean;
}

/** Views in memory: the deterministic twin of every other store. Each call is carried out at once, in order of the calls. */
export class MemoryViews implements ViewStore {
  #own: Generation;
  /** Where generations are counted; it belongs to all stores that come of one. */
  readonly #count: { last: number };
  /** The store that this one was begun by; the one that was opened has none. */
  readonly #opened: MemoryViews | undefined;
  #closed = false;

  constructor(opened?: MemoryViews) {
    this.#opened = opened;
    this.#count = opened === undefined ? { last: 0 } : opened.#count;
    this.#count.last += 1;
    this.#own = { name: `generation-${this.#count.last}`, views: new Map(), dropped: false };
  }

  get generation(): string {
    return this.#own.name;
  }

  async read(key: string): Promise<StoredView | undefined> {
    checkViewKey(key);
    const view = this.#views().get(key);
    return view && { bytes: view.bytes.slice(), etag: view.etag };
  }

  async write(key: string, bytes: Uint8Array, condition: Condition): Promise<WriteResult> {
    checkViewKey(key);
    const views = this.#views();
    const expected = "ifMatch" in condition ? condition.ifMatch : undefined;
    if (views.get(key)?.etag !== expected) return { kind: "changed" };
    const etag = etagOf(bytes);
    views.set(key, { bytes: bytes.slice(), etag });
    return { kind: "written", etag };
  }

  async *keys(): AsyncGenerator<string> {
    yield* [...this.#views().keys()].sort();
  }

  async begin(): Promise<ViewStore> {
    this.#views();
    return new MemoryViews(this.#opened ?? this);
  }

  async switchTo(next: ViewStore): Promise<void> {
    this.#views();
    const opened = this.#opened ?? this;
    if (!(next instanceof MemoryViews) || next.#opened !== opened)
      throw new TypeError("These views were begun elsewhere.");
    next.#views();
    if (next.#own === opened.#own) return;
    const before = opened.#own;
    opened.#own = next.#own;
    before.views.clear();
    before.dropped = true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#opened !== undefined && this.#opened.#own !== this.#own) this.#own.dropped = true;
  }

  #views(): Map<string, StoredView> {
    const opened = this.#opened ?? this;
    if (this.#closed || opened.#closed) throw new ViewsUnavailable("The views are closed.");
    if (this.#own.dropped) throw new ViewsUnavailable(`The views of ${this.#own.name} were dropped.`);
    return this.#own.views;
  }
}
