import { Projecting } from "./projecting.ts";

/**
 * All pages of one stream, open together: they read its events once, and each goes to the page that it is about. Where
 * stored pages were given from a later one on, an event about what stands on a page before them is an error
 * (`page_missing`): open the pages again, from an earlier one on.
 */
export class Pages extends Projecting {
  /** The version up to which the stream's events are in the pages: 0 where none is. */
  get version(): number {
    const [version = 0] = Object.values(this.checkpoint);
    return version;
  }

  /**
   * The keys of the pages that have changed since this was asked last, in order; asking forgets them. These are to be
   * stored; the others are as they were.
   */
  touched(): readonly string[] {
    this.core.need(this.core.one("touched", this.number));
    const numbers: readonly number[] = JSON.parse(this.core.answerText());
    return numbers.map((page) => `${this.key}/${page}`);
  }

  /**
   * The canonical bytes of one page, as the view of that key would answer them. Its checkpoint is the version of all.
   *
   * @throws CrowbarError `unknown_view` where none of these pages is called so.
   */
  bytes(key: string): Uint8Array {
    const page = Number(key.slice(this.key.length + 1)) >>> 0;
    this.core.need(this.core.two("pageBytes", this.number, key === `${this.key}/${page}` ? page : 0));
    return this.core.answerBytes();
  }
}
