/**
 * What a context is made of, in values: every command, event, rejection and view with its bounds and words. Each
 * `wasm/generated/<context>.catalog.ts` is one, made from describe(). What is optional is absent, never null.
 */
export interface Catalog {
  readonly context: string;
  readonly aggregates: readonly AggregateCatalog[];
  readonly views: readonly ViewCatalog[];
  /** What can be wrong with bytes, versions and handles, whatever the aggregate. */
  readonly faults: readonly RefusalCatalog[];
}

export interface AggregateCatalog {
  readonly name: string;
  readonly meaning: string;
  readonly commands: readonly CommandCatalog[];
  readonly events: readonly EventCatalog[];
  readonly rejections: readonly RefusalCatalog[];
  /** What its rules ask the server to find out: the members of a context's `facts`. */
  readonly facts: readonly Field[];
}

export interface CommandCatalog {
  readonly type: string;
  readonly meaning: string;
  readonly data: readonly Field[];
}

export interface EventCatalog {
  readonly type: string;
  /** The number of the shape that is written today. */
  readonly schema: number;
  readonly meaning: string;
  readonly data: readonly Field[];
  /** Shapes that are still read and no longer written. */
  readonly earlier?: readonly { readonly schema: number; readonly data: readonly Field[] }[];
}

/** A rejection or a fault. The sentence names its values in braces: `{limit}`, `{actual}`, `{stream}`, … */
export interface RefusalCatalog {
  readonly code: string;
  readonly outcome: Outcome;
  readonly sentence: string;
}

/** What a refusal means to its caller; an HTTP status follows from it. */
export type Outcome = "malformed" | "too_large" | "forbidden" | "conflict" | "rejected" | "unavailable" | "defect";

export interface ViewCatalog {
  /** What its keys begin with. */
  readonly name: string;
  /** The form of its keys, such as `messages/<channelId>/<page>`. */
  readonly key: string;
  readonly meaning: string;
  /** `data` is a list of rows, a dictionary of rows, or one row (null as long as there is none). */
  readonly shape: "list" | "dictionary" | "object";
  /** Whom it is for: whom the stream of its key admits (`Aggregate.admits`), or everybody who is signed in. */
  readonly readers: "stream" | "everybody";
  /** Most rows of one page, where there are pages. */
  readonly pageSize?: number;
  /** Whose events it hears, and which of them it acts on. */
  readonly aggregate: string;
  readonly hears: readonly string[];
  readonly row: readonly Field[];
}

/** A member of a record. */
export interface Field {
  readonly name: string;
  /**
   * boolean, integer, instant (ms since 1970), text, id, uuid, stream, json, record; `list of …`, `dictionary of …`.
   */
  readonly type: string;
  readonly required: boolean;
  /** Bounds, both included: of an integer, or of a text's length in code points after trimming. */
  readonly min?: number;
  readonly max?: number;
  /** Of a record, or of the records that a list or a dictionary is of. */
  readonly members?: readonly Field[];
  readonly meaning: string;
}
