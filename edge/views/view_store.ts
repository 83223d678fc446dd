/** A stored view with its version tag, as HTTP's ETag: quoted, strong, made from the bytes alone. */
export interface StoredView {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** On which condition a view is written: that it is still the one that was read, or that there is none. */
export type Condition = { readonly ifMatch: string } | { readonly ifNoneMatch: "*" };

export type WriteResult =
  | { readonly kind: "written"; readonly etag: string }
  /** It is another one now (HTTP's 412): load it and do it again. Nothing was changed. */
  | { readonly kind: "changed" };

/**
 * The port to the views: objects under keys, one write each. A generation is a whole set of views; readers see the
 * current one, and a replay fills another beside it and switches. What is called may throw `ViewsUnavailable`, and
 * TypeError where a key is none.
 */
export interface ViewStore {
  /** Undefined only where there is none. Whatever else is wrong throws: a view is never mistaken for an empty one. */
  read(key: string): Promise<StoredView | undefined>;
  /**
   * The whole view, durably, or nothing. Where it throws, the view is wholly the old one or wholly the new one: reading it
   * tells.
   */
  write(key: string, bytes: Uint8Array, condition: Condition): Promise<WriteResult>;
  /** Every key of this generation, in order of their characters. */
  keys(): AsyncIterable<string>;

  /** The name of the generation that this store reads and writes. The store that was opened goes with every switch. */
  readonly generation: string;
  /** An empty generation beside this one. */
  begin(): Promise<ViewStore>;
  /**
   * Makes `next`, which this store has begun, the current generation, at once and for all readers, and drops the one
   * before. Writes that are going on are ended first; later ones meet the new views, so their conditions hold or do not.
   */
  switchTo(next: ViewStore): Promise<void>;
  /** Ends what is being written. Of a generation that was begun and not switched to: drops it. */
  close(): Promise<void>;
}

/** The views cannot be read or written now: wait, with jitter. `cause` says why. */
export class ViewsUnavailable extends Error {
  override readonly name = "ViewsUnavailable";
}
