import { CoreUnavailable, CrowbarError } from "@crowbar/domain";

/** A view that is not what the log makes of it. */
export interface Difference {
  readonly view: string;
  /**
   * `differs` it shows something else, as far as it has heard · `behind` there is more in the log · `ahead` it knows of
   * events that the log has not · `missing` it is not there · `extra` the log makes no such view · `unreadable` it cannot
   * be read · `unfoldable` the log cannot be projected to it further
   */
  readonly kind: "differs" | "behind" | "ahead" | "missing" | "extra" | "unreadable" | "unfoldable";
  readonly stream?: string;
  /** How far the view has heard the stream; of what cannot be folded, the event. */
  readonly version?: number;
  /** The first place that differs (a JSON pointer), or why it cannot be read. */
  readonly where?: string;
}

/** A view, or the pages of a stream, while the log is folded beside it. */
export interface Compared {
  /** Versions of the stream at which something is compared. */
  readonly stops: readonly number[];
  /** The next events of the stream, up to a version. */
  fold(events: Uint8Array, version: number): Iterable<Difference>;
  /** The event at this version cannot be had: nothing can be said of what comes after it. */
  stopAt(version: number, where: string): Difference;
  at(version: number): Iterable<Difference>;
  atHead(): Iterable<Difference> | AsyncIterable<Difference>;
  /** The views that the log makes. */
  keys(): Iterable<string>;
  close(): void;
}

/** Why events cannot be projected; throws what is not about them. */
export function flawIn(project: () => void): CrowbarError | undefined {
  try {
    project();
    return undefined;
  } catch (error) {
    if (error instanceof CrowbarError && !(error instanceof CoreUnavailable)) return error;
    throw error;
  }
}
