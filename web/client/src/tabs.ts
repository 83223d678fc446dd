import type { Entry, KeptRejection } from "./kept.ts";
import type { Position } from "./positions.ts";
import type { SyncStatus } from "./types.ts";

/** What tabs of one person tell each other. */
export type Told =
  | { readonly kind: "put"; readonly entry: Entry }
  /** A command has ended: with the server's verdict, with a no, or taken back. */
  | ({ readonly kind: "ended"; readonly id: string } & Ending)
  | { readonly kind: "dismissed"; readonly id: string }
  /** Of the tab that listens for all: news, or that some were missed. */
  | { readonly kind: "news"; readonly lastId: string | undefined; readonly positions?: readonly Position[] }
  | { readonly kind: "status"; readonly status: LeaderStatus; readonly domain: string }
  | { readonly kind: "who_leads" };

/** How a command has ended; taken back, where nothing is said. */
export interface Ending {
  readonly verdict?: object;
  readonly rejection?: KeptRejection;
}

export type LeaderStatus = Pick<SyncStatus, "state" | "news" | "retryAt" | "serverDomain">;

/** The tabs of one person: one of them leads. It alone sends and listens, and tells the others. */
export class Tabs {
  readonly #channel: BroadcastChannel | undefined;
  readonly #end = new AbortController();
  #release: () => void = () => {};
  leads = false;

  /** `onLeading` is called once, when this tab leads: at once where nobody else can be asked. */
  constructor(name: string, onTold: (told: Told) => void, onLeading: () => void) {
    if (typeof BroadcastChannel === "function") {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => {
        if (!this.#end.signal.aborted) onTold(data);
      };
      // Node's would keep its process alive.
      (this.#channel as { unref?(): void }).unref?.();
    }
    const lead = () => {
      if (this.#end.signal.aborted) return;
      this.leads = true;
      onLeading();
    };
    const locks: LockManager | undefined = this.#channel && globalThis.navigator?.locks;
    if (locks === undefined) {
      queueMicrotask(lead);
      return;
    }
    // Held until this tab ends, however it ends; then the next one gets it.
    const held = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    void locks
      .request(name, { signal: this.#end.signal }, () => {
        lead();
        return held;
      })
      // A host that has locks and gives none: then each tab sends, which the ids make harmless.
      .catch(lead);
  }

  tell(told: Told): void {
    if (!this.#end.signal.aborted) this.#channel?.postMessage(told);
  }

  /** Lets another tab lead, for good. */
  resign(): void {
    this.leads = false;
    this.#release();
  }

  close(): void {
    this.#end.abort();
    this.#release();
    if (this.#channel !== undefined) {
      this.#channel.onmessage = null;
      this.#channel.close();
    }
  }
}
