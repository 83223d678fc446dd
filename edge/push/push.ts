/** A view has a new version. Who holds an older one fetches it by its ETag. */
export interface Position {
  readonly view: string;
  readonly etag: string;
  /** Stream → version, as in the view, of the streams that have moved: a view over all of them may have heard many. */
  readonly checkpoint: { readonly [stream: string]: number };
}

/** The port by which clients hear that something is new. What they miss is in the views: it may lose, never lie. */
export interface Push {
  publish(position: Position): void;
  /**
   * Positions after the one of that id, as far back as it is remembered, and then as they come; the first is
   * `{ missed: true }` where some are forgotten, or the id is not of here: the listener then asks for its views anew.
   * Without an id those from now on. Of positions of one view that wait, only the last one comes. Listening begins with the
   * call and ends when the signal is aborted, or with the iterator's `return`.
   */
  subscribe(afterId: string | undefined, signal: AbortSignal): AsyncIterableIterator<Pushed>;
  /** The id of the newest position: who reads the views now has missed nothing up to it. */
  readonly lastId: string;
  readonly listeners: number;
}

export type Pushed =
  | { readonly id: string; readonly position: Position }
  | { readonly id: string; readonly missed: true };
