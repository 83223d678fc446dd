import { LRUCache } from "lru-cache";
import type { Domain } from "../domain.ts";
import type { EventStore, LogEntry } from "../store/event_store.ts";
import { linesOf } from "./lines.ts";
import type { Router } from "./router.ts";

/** An event that a view hears, and after which version of its stream it is the first. See `EventMessage.after`. */
export interface Touch {
  readonly key: string;
  readonly after: number;
}

interface Known {
  /** Every event after this version, up to `upTo`, has been seen. */
  from: number;
  upTo: number;
  /** By key: the last of these events that touched the view. */
  readonly last: Map<string, number>;
  /** Was a page of something among them? */
  paged: boolean;
  /** With how many keys it is counted. */
  counted: number;
}

/** Keys that are remembered of all streams together; each takes some 150 bytes. */
const keys = 200_000;
const least = 10;
const page = 1_000;

/**
 * Follows the streams and says of each event which views it touches and how long nothing has touched them: so a view
 * knows whether it has missed something, without asking the log each time.
 */
export class Trail {
  readonly #store: EventStore;
  readonly #router: Router;
  readonly #pagedNames: ReadonlySet<string>;
  readonly #known: LRUCache<string, Known>;

  constructor(domain: Domain, store: EventStore, router: Router) {
    this.#store = store;
    this.#router = router;
    const paged = domain.describe().views.filter(({ pageSize }) => pageSize !== undefined);
    this.#pagedNames = new Set(paged.map(({ name }) => name));
    this.#known = new LRUCache({ maxSize: keys, sizeCalculation: ({ counted }) => counted });
  }

  /** One call at a time. Throws what `Router.keysOf` throws. */
  async touches(entry: Omit<LogEntry, "position">): Promise<readonly Touch[]> {
    const { stream, version } = entry;
    const touched = await this.#router.keysOf(entry);
    const known = this.#known.get(stream);
    // Where it begins anew it knows little; that nothing lies between two versions in a row is always true.
    const followed = known?.upTo === version - 1 ? known : this.#follow(stream, version - 1);
    if (this.#isWorthLooking(followed, touched)) await this.#lookBack(stream, followed);
    const touches = touched.map((key) => ({ key, after: followed.last.get(key) ?? followed.from }));
    for (const key of touched) this.#remember(followed, key, version);
    followed.upTo = version;
    // To count it anew costs more than all of this: now and then will do.
    if (followed.last.size > followed.counted) this.#countAnew(stream, followed);
    return touches;
  }

  #follow(stream: string, from: number): Known {
    const known = { from, upTo: from, last: new Map<string, number>(), paged: false, counted: least };
    this.#known.set(stream, known);
    return known;
  }

  #countAnew(stream: string, known: Known): void {
    this.#known.delete(stream);
    known.counted = Math.min(known.last.size + least, keys);
    this.#known.set(stream, known);
  }

  /**
   * The first page that is met after a start is mostly the last one, which lacks little. A second one is new, or old, and
   * more will come: then to read the stream once costs less than each of those pages reading it.
   */
  #isWorthLooking({ from, last, paged }: Known, touched: readonly string[]): boolean {
    return from > 0 && paged && touched.some((key) => !last.has(key) && this.#isPaged(key));
  }

  async #lookBack(stream: string, known: Known): Promise<void> {
    const before = new Map<string, number>();
    for (let at = 0; at < known.from; ) {
      const { events } = await this.#store.read(stream, at, Math.min(page, known.from - at));
      const start = at;
      for (const bytes of linesOf(events)) {
        at += 1;
        for (const key of await this.#router.keysOf({ stream, version: at, bytes })) before.set(key, at);
      }
      if (at === start) throw new Error(`${stream} has no event ${at + 1}, and was followed from ${known.from} on.`);
    }
    for (const [key, version] of before) if (!known.last.has(key)) this.#remember(known, key, version);
    known.from = 0;
  }

  #remember(known: Known, key: string, version: number): void {
    known.last.set(key, version);
    known.paged ||= this.#isPaged(key);
  }

  #isPaged(key: string): boolean {
    return this.#pagedNames.has(key.slice(0, key.indexOf("/")));
  }
}
