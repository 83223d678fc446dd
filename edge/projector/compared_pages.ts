import { CrowbarError } from "@crowbar/domain";
import type { Domain, Pages } from "../domain.ts";
import type { ViewStore } from "../views/view_store.ts";
import { type Compared, type Difference, flawIn } from "./difference.ts";
import { type Read, readView } from "./read_view.ts";
import { dataOf, firstDifference, withoutDomain } from "./stored_bytes.ts";

/** The pages of one stream. */
export class ComparedPages implements Compared {
  readonly #domain: Domain;
  readonly #views: ViewStore;
  readonly #stream: string;
  readonly #head: number;
  readonly #handle: Pages;
  /** Up to the first that is not there. */
  readonly #stored: Map<string, Read>;
  readonly #expected = new Set<string>();
  readonly #differing = new Set<string>();
  /** Stored as of a version at which the log had not made them. */
  readonly #early = new Set<string>();
  #flawed = false;

  private constructor(domain: Domain, views: ViewStore, stream: string, head: number, handle: Pages) {
    this.#domain = domain;
    this.#views = views;
    this.#stream = stream;
    this.#head = head;
    this.#handle = handle;
    this.#stored = new Map();
  }

  static async open(domain: Domain, views: ViewStore, key: string, stream: string, head: number) {
    const handle = domain.pages(key);
    const compared = new ComparedPages(domain, views, stream, head, handle);
    for (let number = 1; ; number += 1) {
      const read = await readView(domain, views, `${handle.key}/${number}`);
      if (read.kind === "none") return compared;
      compared.#stored.set(`${handle.key}/${number}`, read);
    }
  }

  get stops(): readonly number[] {
    return [...this.#stored.values()].flatMap((read) => (read.kind === "view" ? [read.heard(this.#stream)] : []));
  }

  *fold(events: Uint8Array): Generator<Difference> {
    const flaw = this.#flawed ? undefined : flawIn(() => this.#handle.project(events));
    for (const key of this.#handle.touched()) this.#expected.add(key);
    if (flaw !== undefined) yield this.stopAt(this.#handle.version + 1, flaw.message);
  }

  stopAt(version: number, where: string): Difference {
    this.#flawed = true;
    return this.#difference(this.#handle.key, "unfoldable", { version, where });
  }

  *at(version: number): Generator<Difference> {
    for (const [key, read] of this.#stored) {
      if (read.kind !== "view" || read.heard(this.#stream) !== version || this.#flawed) continue;
      const expected = this.#bytes(key);
      // Whether there will be such a page shows at the end.
      if (expected === undefined) this.#early.add(key);
      if (expected === undefined || Buffer.compare(withoutDomain(expected), withoutDomain(read.bytes)) === 0) continue;
      this.#differing.add(key);
      yield this.#difference(key, "differs", { version, where: firstDifference(expected, read.bytes) });
    }
  }

  async *atHead(): AsyncGenerator<Difference> {
    for (const key of this.#expected) {
      const read = this.#stored.get(key) ?? (await readView(this.#domain, this.#views, key));
      yield* this.#pageAtHead(key, read);
    }
  }

  *#pageAtHead(key: string, read: Read): Generator<Difference> {
    if (read.kind === "unreadable") return yield this.#difference(key, "unreadable", { where: read.reason });
    if (read.kind === "none") return yield this.#difference(key, "missing", { version: 0 });
    const version = read.heard(this.#stream);
    if (version > this.#head) return yield this.#difference(key, "ahead", { version });
    if (this.#early.has(key)) return yield this.#difference(key, "differs", { version });
    const expected = this.#bytes(key);
    if (this.#flawed || expected === undefined || this.#differing.has(key)) return;
    if (Buffer.compare(dataOf(expected), dataOf(read.bytes)) === 0) return;
    yield this.#difference(key, "behind", { version, where: firstDifference(expected, read.bytes) });
  }

  keys(): Iterable<string> {
    return this.#flawed ? [...this.#expected, ...this.#stored.keys()] : this.#expected;
  }

  close(): void {
    this.#handle.close();
  }

  /** Undefined where the log makes no such page. */
  #bytes(key: string): Uint8Array | undefined {
    try {
      return this.#handle.bytes(key);
    } catch (error) {
      if (error instanceof CrowbarError && error.code === "unknown_view") return undefined;
      throw error;
    }
  }

  #difference(
    view: string,
    kind: Difference["kind"],
    more: { readonly version?: number; readonly where?: string },
  ): Difference {
    return { view, kind, stream: this.#stream, ...more };
  }
}
