// A place where the core runs. All of them speak the language of `crowbar-core --session` (see its --help), so that
// the same bytes go into each, and what comes out can be compared as bytes.

/** One running core. A batch is answered whole, and the state stays for the next. */
export interface Place {
  readonly name: string;
  /** Sends requests and answers the answers. Rejects where the core crashed; the place is then of no more use. */
  readonly run: (requests: Uint8Array) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}
