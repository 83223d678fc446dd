import type { Domain, View } from "../domain.ts";
import { linesOf } from "../relay/lines.ts";
import type { ViewStore } from "../views/view_store.ts";
import { type Compared, type Difference, flawIn } from "./difference.ts";
import { type Read, readView } from "./read_view.ts";
import { dataOf, firstDifference, withoutDomain } from "./stored_bytes.ts";

/** The view of one stream. */
export class ComparedView implements Compared {
  readonly stops: readonly number[];
  readonly #domain: Domain;
  readonly #stream: string;
  readonly #head: number;
  readonly #handle: View;
  readonly #stored: Read;
  #touched = false;
  #flawed = false;
  #differs = false;

  private constructor(domain: Domain, stream: string, head: number, handle: View, stored: Read) {
    this.#domain = domain;
    this.#stream = stream;
    this.#head = head;
    this.#handle = handle;
    this.#stored = stored;
    this.stops = stored.kind === "view" ? [stored.heard(stream)] : [];
  }

  static async open(domain: Domain, views: ViewStore, key: string, stream: string, head: number) {
    const handle = domain.view(key);
    return new ComparedView(domain, stream, head, handle, await readView(domain, views, handle.key));
  }

  *fold(events: Uint8Array): Generator<Difference> {
    for (const line of this.#touched ? [] : linesOf(events)) {
      if (this.#touched) break;
      flawIn(() => {
        this.#touched = this.#domain.viewKeysOf(line).includes(this.#handle.key);
      });
    }
    const flaw = this.#flawed ? undefined : flawIn(() => this.#handle.project(events));
    if (flaw !== undefined) yield this.stopAt((this.#handle.checkpoint[this.#stream] ?? 0) + 1, flaw.message);
  }

  stopAt(version: number, where: string): Difference {
    this.#flawed = true;
    return this.#difference("unfoldable", { version, where });
  }

  *at(version: number): Generator<Difference> {
    const stored = this.#stored;
    if (stored.kind !== "view" || stored.heard(this.#stream) !== version || this.#flawed) return;
    const expected = this.#handle.bytes();
    this.#differs = Buffer.compare(withoutDomain(expected), withoutDomain(stored.bytes)) !== 0;
    if (this.#differs) yield this.#difference("differs", { version, where: firstDifference(expected, stored.bytes) });
  }

  *atHead(): Generator<Difference> {
    const stored = this.#stored;
    if (stored.kind === "unreadable") return yield this.#difference("unreadable", { where: stored.reason });
    if (stored.kind === "none") {
      if (this.#touched) yield this.#difference("missing", { version: 0 });
      return;
    }
    const version = stored.heard(this.#stream);
    if (version > this.#head) return yield this.#difference("ahead", { version });
    if (this.#differs || this.#flawed || version === this.#head) return;
    const expected = this.#handle.bytes();
    if (Buffer.compare(dataOf(expected), dataOf(stored.bytes)) === 0) return;
    yield this.#difference("behind", { version, where: firstDifference(expected, stored.bytes) });
  }

  keys(): readonly string[] {
    return this.#touched || this.#flawed || this.#stored.kind === "unreadable" ? [this.#handle.key] : [];
  }

  close(): void {
    this.#handle.close();
  }

  #difference(kind: Difference["kind"], more: { readonly version?: number; readonly where?: string }): Difference {
    return { view: this.#handle.key, kind, stream: this.#stream, ...more };
  }
}
