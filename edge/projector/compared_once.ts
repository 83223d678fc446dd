import type { Domain, View } from "../domain.ts";
import { linesOf } from "../relay/lines.ts";
import type { ViewStore } from "../views/view_store.ts";
import { type Compared, type Difference, flawIn } from "./difference.ts";
import { type Read, readView } from "./read_view.ts";
import { dataOf, firstDifference, withoutDomain } from "./stored_bytes.ts";

/** A view over all streams of an aggregate: folded up to where it has heard each, and beside that to their ends. */
export class ComparedOnce implements Compared {
  readonly #domain: Domain;
  readonly #stored: Read;
  readonly #heard: View;
  readonly #whole: View;
  #stream = "";
  #version = 0;
  #touched = false;
  #flawed = false;
  #ahead = false;
  /** It shows what cannot be folded: nothing can be said of it. */
  #unknown = false;
  #flaws: Difference[] = [];

  private constructor(domain: Domain, key: string, stored: Read) {
    this.#domain = domain;
    this.#stored = stored;
    this.#heard = domain.view(key);
    this.#whole = domain.view(key);
  }

  static async open(domain: Domain, views: ViewStore, key: string): Promise<ComparedOnce> {
    return new ComparedOnce(domain, key, await readView(domain, views, key));
  }

  /** The next stream is folded from now on. */
  begin(stream: string, head: number): void {
    this.#stream = stream;
    this.#flawed = false;
    this.#version = this.#stored.kind === "view" ? this.#stored.heard(stream) : 0;
    if (this.#version <= head) return;
    this.#ahead = true;
    this.#flaws.push({ view: this.#whole.key, kind: "ahead", stream, version: this.#version });
  }

  get stops(): readonly number[] {
    return [this.#version];
  }

  *fold(events: Uint8Array, version: number): Generator<Difference> {
    for (const line of this.#touched ? [] : linesOf(events)) {
      if (this.#touched) break;
      flawIn(() => {
        this.#touched = this.#domain.viewKeysOf(line).includes(this.#whole.key);
      });
    }
    if (this.#flawed) return;
    const flaw = flawIn(() => this.#whole.project(events));
    if (version <= this.#version) flawIn(() => this.#heard.project(events));
    if (flaw !== undefined) yield this.stopAt((this.#whole.checkpoint[this.#stream] ?? 0) + 1, flaw.message);
  }

  stopAt(version: number, where: string): Difference {
    this.#flawed = true;
    this.#unknown ||= version <= this.#version;
    return { view: this.#whole.key, kind: "unfoldable", stream: this.#stream, version, where };
  }

  *at(): Generator<Difference> {}

  *atHead(): Generator<Difference> {
    yield* this.#flaws.splice(0);
  }

  /** After all streams. */
  *finish(): Generator<Difference> {
    const view = this.#whole.key;
    const stored = this.#stored;
    if (stored.kind === "unreadable") return yield { view, kind: "unreadable", where: stored.reason };
    if (stored.kind === "none") {
      if (this.#touched) yield { view, kind: "missing" };
      return;
    }
    if (this.#ahead || this.#unknown) return;
    const heard = this.#heard.bytes();
    if (Buffer.compare(withoutDomain(heard), withoutDomain(stored.bytes)) !== 0) {
      return yield { view, kind: "differs", where: firstDifference(heard, stored.bytes) };
    }
    const whole = this.#whole.bytes();
    if (Buffer.compare(dataOf(whole), dataOf(stored.bytes)) === 0) return;
    yield { view, kind: "behind", where: firstDifference(whole, stored.bytes) };
  }

  keys(): readonly string[] {
    return this.#touched || this.#unknown || this.#stored.kind === "unreadable" ? [this.#whole.key] : [];
  }

  close(): void {
    this.#heard.close();
    this.#whole.close();
  }
}
