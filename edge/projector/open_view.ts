import { CrowbarError } from "@crowbar/domain";
import type { Domain, View } from "../domain.ts";
import type { Position } from "../push/push.ts";
import type { Condition, StoredView } from "../views/view_store.ts";

/** An event to be projected, as its bytes. */
export interface Line {
  readonly stream: string;
  readonly version: number;
  readonly event: Uint8Array;
}

/** A stored view cannot be read. It is left as it is. */
export class ViewUnreadable extends Error {
  override readonly name = "ViewUnreadable";
}

/** Views that are smaller count as much. */
const least = 1_000;

/** A view in the module, and what is known of its stored bytes. It belongs to one user at a time. */
export class OpenView {
  readonly key: string;
  #etag: string | undefined;
  #size = least;
  readonly #handle: View;
  readonly #heard: Map<string, number>;
  /** What was projected since the view was stored. */
  readonly #moved = new Map<string, number>();

  private constructor(key: string, handle: View, stored: StoredView | undefined) {
    this.key = key;
    this.#handle = handle;
    this.#etag = stored?.etag;
    this.#size = Math.max(least, stored?.bytes.length ?? 0);
    this.#heard = new Map(Object.entries(handle.checkpoint));
  }

  /**
   * Opens a stored view, or the empty one of that key.
   *
   * @throws ViewUnreadable where the stored bytes are no view, or another one; CrowbarError `unknown_view`, or where the
   *   module has no room or has stopped.
   */
  static of(domain: Domain, key: string, stored: StoredView | undefined): OpenView {
    if (stored === undefined) return new OpenView(key, domain.view(key), undefined);
    const handle = readable(domain, key, stored.bytes);
    if (handle.key === key) return new OpenView(key, handle, stored);
    handle.close();
    throw new ViewUnreadable(`What is stored as view ${key} is view ${handle.key}.`);
  }

  /** Bytes of the view when it was stored last. */
  get size(): number {
    return this.#size;
  }

  /** The condition on which it may be stored: that nobody else has stored it since. */
  get condition(): Condition {
    return this.#etag === undefined ? { ifNoneMatch: "*" } : { ifMatch: this.#etag };
  }

  /** The version of a stream up to which the view has heard it. */
  heard(stream: string): number {
    return this.#heard.get(stream) ?? 0;
  }

  /** The same of every stream. */
  get allHeard(): Iterable<readonly [stream: string, version: number]> {
    return this.#heard;
  }

  /** Nothing up to this version concerns the view. */
  skipTo(stream: string, version: number): void {
    this.#handle.beginAfter(stream, version);
    this.#heard.set(stream, version);
  }

  /**
   * Projects events, the next ones of their streams. Answers the first that cannot be, and why; those before it are in
   * the view then. Throws whatever is not about an event, such as CoreUnavailable.
   */
  project(lines: readonly Line[]): { readonly index: number; readonly error: CrowbarError } | undefined {
    const [only] = lines;
    const flaw = this.#project(lines.length === 1 && only !== undefined ? only.event : joined(lines));
    for (const { stream, version } of lines.slice(0, flaw?.index)) this.#hear(stream, version);
    return flaw;
  }

  /** The same for a stretch of a stream that is NDJSON already, after what was heard and up to `version`. */
  projectStretch(stream: string, events: Uint8Array, version: number): CrowbarError | undefined {
    const flaw = this.#project(events);
    const reached = flaw === undefined ? version : this.heard(stream) + flaw.index;
    if (reached > this.heard(stream)) this.#hear(stream, reached);
    return flaw?.error;
  }

  /** Throws CoreUnavailable where the instance that has the view is gone. */
  probe(): void {
    this.#handle.checkpoint;
  }

  /** Bytes that are to be stored; undefined where nothing has changed, or a page has not begun yet. */
  unstored(): Uint8Array | undefined {
    if (this.#moved.size === 0) return undefined;
    if (this.#etag === undefined && Object.keys(this.#handle.checkpoint).length === 0) return undefined;
    return this.#handle.bytes();
  }

  /** They were stored; answers what is new. */
  stored(etag: string, size: number): Position {
    this.#etag = etag;
    this.#size = Math.max(least, size);
    const checkpoint = Object.fromEntries(this.#moved);
    this.#moved.clear();
    return { view: this.key, etag, checkpoint };
  }

  close(): void {
    this.#handle.close();
  }

  #hear(stream: string, version: number): void {
    this.#heard.set(stream, version);
    this.#moved.set(stream, version);
  }

  #project(events: Uint8Array): { readonly index: number; readonly error: CrowbarError } | undefined {
    try {
      this.#handle.project(events);
      return undefined;
    } catch (error) {
      if (!(error instanceof CrowbarError) || typeof error.params.line !== "number") throw error;
      return { index: error.params.line - 1, error };
    }
  }
}

function readable(domain: Domain, key: string, bytes: Uint8Array): View {
  try {
    return domain.view(bytes);
  } catch (cause) {
    const isAboutBytes = cause instanceof CrowbarError && !aboutModule.has(cause.code);
    if (!isAboutBytes) throw cause;
    throw new ViewUnreadable(`The stored view ${key} cannot be read: ${cause.message}`, { cause });
  }
}

/** Of the module, whatever the bytes are. */
const aboutModule = new Set(["core_unavailable", "too_many_handles"]);

function joined(lines: readonly Line[]): Uint8Array {
  const all = Buffer.allocUnsafe(lines.reduce((size, { event }) => size + event.length + 1, 0));
  let at = 0;
  for (const { event } of lines) {
    all.set(event, at);
    all[at + event.length] = 10;
    at += event.length + 1;
  }
  return all;
}
