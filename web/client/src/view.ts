import type { Checkpoint, ContextTypes, Domain, View as Handle } from "@crowbar/domain";
import { bytesOf, textOf } from "./ndjson.ts";
import type { Line } from "./pending.ts";
import { sameWherePossible } from "./same.ts";
import type { ViewNow } from "./types.ts";
import { Source } from "./watched.ts";

/** What is stored of a view, as the server has given it. */
export interface StoredView {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly checkpoint: Checkpoint;
  readonly data: unknown;
}

/** What one stream has on top of a view. */
export interface OnTop {
  readonly stream: string;
  readonly lines: readonly Line[];
}

/** A view as it is shown: what the server has stored, and on top of it all that is known here. */
export class View {
  readonly key: string;
  readonly source: Source<ViewNow<unknown>>;
  state: ViewNow<unknown>["state"] = "loading";
  stored: StoredView | undefined;
  /** A newer version that is not shown yet: what waits here may be in it, or not; the log will tell. */
  next: StoredView | undefined;
  /** Has the server answered since this client was opened? */
  answered = false;
  #shown: StoredView | undefined;
  #onTop: readonly string[] = [];
  #data: unknown;
  #lastKept = "";

  constructor(key: string, onActive: () => void) {
    this.key = key;
    this.source = new Source<ViewNow<unknown>>({ key, state: "loading", optimistic: false, cached: false }, onActive);
  }

  /** Takes bytes of the server, or of the device. @throws SyntaxError where they are no view. */
  store(bytes: Uint8Array, etag: string): void {
    const { data, checkpoint, projection } = JSON.parse(textOf(bytes));
    if (projection !== this.key || typeof checkpoint !== "object")
      throw new SyntaxError(`That is not view ${this.key}.`);
    const stored = { bytes, etag, checkpoint, data };
    if (this.stored === undefined) this.stored = stored;
    else this.next = stored;
    this.state = "ready";
  }

  /** Shows it with what is on top. @throws what the module throws where the events do not follow. */
  show<C extends ContextTypes>(domain: Domain<C>, streams: readonly OnTop[]): void {
    const onTop = streams.filter(({ lines }) => lines.length > 0);
    const texts = onTop.flatMap(({ lines }) => lines.map(({ text }) => text));
    const isSame = texts.length === this.#onTop.length && texts.every((text, at) => text === this.#onTop[at]);
    if (this.stored !== this.#shown || !isSame) {
      const data =
        texts.length === 0 ? this.stored?.data : this.#project(domain, onTop, (handle) => handle.toJSON().data);
      this.#data = sameWherePossible(this.#data, data);
      this.#shown = this.stored;
      this.#onTop = texts;
    }
    const isMade = this.stored !== undefined || texts.length > 0;
    const next: ViewNow<unknown> = {
      key: this.key,
      state: isMade ? "ready" : this.state,
      ...(isMade && { data: this.#data }),
      ...(this.stored && { checkpoint: this.stored.checkpoint }),
      optimistic: onTop.some(({ lines }) => lines.some(({ waits }) => waits)),
      cached: this.stored !== undefined && !this.answered,
    };
    this.source.set(isEqual(this.source.get(), next) ? this.source.get() : next);
  }

  /** Its bytes with what the log has on top, as the server is about to have them; undefined where that is nothing new. */
  ahead<C extends ContextTypes>(domain: Domain<C>, streams: readonly OnTop[]): Uint8Array | undefined {
    const log = streams.map(({ stream, lines }) => ({ stream, lines: lines.filter(({ waits }) => !waits) }));
    const last = log.map(({ lines }) => lines.at(-1)?.text ?? "").join("");
    if (last === "" || last === this.#lastKept || this.stored === undefined) return undefined;
    this.#lastKept = last;
    return this.#project(domain, log, (handle) => handle.bytes());
  }

  #project<C extends ContextTypes, T>(
    domain: Domain<C>,
    onTop: readonly OnTop[],
    ask: (handle: Handle<unknown>) => T,
  ): T {
    const handle: Handle<unknown> = this.stored ? domain.view(this.stored.bytes) : domain.view(this.key);
    try {
      for (const { stream, lines } of onTop) {
        let heard = this.stored?.checkpoint[stream] ?? 0;
        for (const { version, text } of lines) {
          // Whatever concerns the view is among the lines: nothing between them does.
          if (version > heard + 1) handle.beginAfter(stream, version - 1);
          // Made on a log that is known less far than the view: it comes after all that the view has heard.
          const isBehind = version <= heard;
          handle.project(bytesOf(isBehind ? JSON.stringify({ ...JSON.parse(text), version: heard + 1 }) : text));
          heard = Math.max(version, heard + 1);
        }
      }
      return ask(handle);
    } finally {
      handle.close();
    }
  }
}

const isEqual = (a: ViewNow<unknown>, b: ViewNow<unknown>) =>
  a.state === b.state &&
  a.data === b.data &&
  a.checkpoint === b.checkpoint &&
  a.optimistic === b.optimistic &&
  a.cached === b.cached;
