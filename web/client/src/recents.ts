import type { Line } from "./pending.ts";

/** So many events are remembered at least. */
export const mostRecent = 1_000;

/** The last events of a stream's log, without a hole: for views that have not heard them yet. */
export class Recents {
  #lines: readonly Line[] = [];

  get all(): readonly Line[] {
    return this.#lines;
  }

  /** The version of the first; undefined where there is none. */
  get first(): number | undefined {
    return this.#lines[0]?.version;
  }

  /** Adds the last events up to `version`, where the log was known up to `before`. */
  add(texts: readonly string[], version: number, before: number): void {
    const first = version - texts.length + 1;
    // What was folded anew is not there twice; where not all that is new is remembered, nothing before it is.
    const earlier = first > before + 1 ? [] : this.#lines.filter((line) => line.version < first);
    const lines = [...earlier, ...texts.map((text, at) => ({ text, version: first + at }))];
    this.#lines = lines.length > 2 * mostRecent ? lines.slice(-mostRecent) : lines;
  }

  /** Adds those between `after` and the first that is there, or `upTo`. */
  prepend(texts: readonly string[], after: number, upTo: number): void {
    const last = (this.first ?? upTo + 1) - 1;
    const lines = texts.slice(0, Math.max(0, last - after)).map((text, at) => ({ text, version: after + at + 1 }));
    if (lines.at(-1)?.version === last) this.#lines = [...lines, ...this.#lines];
  }

  /** Those after a version, in order. */
  after(version: number): readonly Line[] {
    let at = this.#lines.length;
    while (at > 0 && (this.#lines[at - 1] as Line).version > version) at -= 1;
    return this.#lines.slice(at);
  }

  clear(): void {
    this.#lines = [];
  }
}
