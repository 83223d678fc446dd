import { beginningOf, pageOf, pageSize } from "./position.ts";

/** What a message that was never seen is taken to be high, in px. */
export const likelyHeight = 52;

/**
 * What the feed is made of: of pages that are near, each message; of any other page, one gap as high as its messages are. So
 * a channel of 100,000 messages has some hundred entries, and measuring one of them costs no more than in a small channel.
 * A page takes the same room whichever way it is laid out: nothing moves when it becomes the other.
 */
export class FeedLayout {
  /** Positions of messages from 0 on; a page that is a gap as its number below 0. */
  entries: readonly number[] = [];
  #expanded: ReadonlySet<number> = new Set();
  readonly #first = new Map<number, number>();
  readonly #heights = new Map<number, number>();

  /** Lays out so many messages, those of `expanded` pages each by itself. The last page is never a gap. */
  arrange(count: number, expanded: ReadonlySet<number>, heightOf: (position: number) => number): readonly number[] {
    const last = pageOf(Math.max(0, count - 1));
    for (const page of this.#expanded) {
      if (expanded.has(page) || page >= last) continue;
      let height = 0;
      for (let place = 0; place < pageSize; place += 1) height += heightOf(beginningOf(page) + place);
      this.#heights.set(page, height);
    }
    this.#expanded = new Set([...expanded, last]);
    this.#first.clear();
    const entries: number[] = [];
    for (let page = 1; page <= last && count > 0; page += 1) {
      this.#first.set(page, entries.length);
      if (!this.#expanded.has(page)) {
        entries.push(-page);
        continue;
      }
      const end = Math.min(count, beginningOf(page) + pageSize);
      for (let position = beginningOf(page); position < end; position += 1) entries.push(position);
    }
    this.entries = entries;
    return entries;
  }

  /** The entry in which a position is: its own, or the gap that it lies in. */
  indexOf(position: number): number {
    const page = pageOf(position);
    const first = this.#first.get(page) ?? 0;
    return this.#expanded.has(page) ? first + (position - beginningOf(page)) : first;
  }

  /** What an entry is taken to be high as long as nobody has measured it, in px. */
  likelyHeightOf(index: number): number {
    const entry = this.entries[index] ?? 0;
    return entry < 0 ? (this.#heights.get(-entry) ?? pageSize * likelyHeight) : likelyHeight;
  }
}

/** The page of an entry. */
export const pageOfEntry = (entry: number): number => (entry < 0 ? -entry : pageOf(entry));
