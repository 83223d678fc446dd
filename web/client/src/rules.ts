import type { ContextTypes, Domain } from "@crowbar/domain";
import type { Api } from "./api.ts";
import type { Pace } from "./pace.ts";
import type { ClientOptions } from "./types.ts";

export interface RulesParts<C extends ContextTypes> {
  readonly options: ClientOptions<C>;
  readonly api: Api;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly onChanged: () => void;
  /** Others decide here from now on. */
  readonly onLoaded: () => void;
  readonly onOutdated: () => void;
}

/** The rules that decide here, and how they get to be the server's. */
export class Rules<C extends ContextTypes> {
  domain: Domain<C>;
  /** The hash of the server's, where it has said. */
  server: string | undefined;
  /** The server does not understand what is sent with these, and no others can be loaded. */
  outdated = false;
  readonly #parts: RulesParts<C>;
  #upgrading: Promise<void> | undefined;

  constructor(parts: RulesParts<C>) {
    this.#parts = parts;
    this.domain = parts.options.domain;
  }

  /** Which rules the server decides with. `isNeeded`: without them nothing goes on here. */
  async ask(isNeeded: boolean): Promise<void> {
    const { api, signal, onChanged } = this.#parts;
    try {
      const answer = await api.ask("/.well-known/domain", { signal });
      const { current } = await answer.json();
      if (typeof current !== "string") return;
      this.server = current;
      if (isNeeded) await this.upgrade(current);
      onChanged();
    } catch {
      // It will be told with the next command.
    }
  }

  /** Loads the rules of that hash, however often it takes; all that waits is decided again with them. */
  upgrade(hash: string): Promise<void> {
    this.server = hash;
    if (hash === this.domain.hash) return Promise.resolve();
    this.#upgrading ??= this.#load().finally(() => {
      this.#upgrading = undefined;
      this.#parts.onChanged();
    });
    return this.#upgrading;
  }

  outdate(): void {
    this.outdated = true;
    this.#parts.onOutdated();
  }

  async #load(): Promise<void> {
    const { options, pace, signal, onLoaded } = this.#parts;
    const tries = pace.tries();
    while (this.server !== this.domain.hash && !signal.aborted) {
      const hash = this.server;
      try {
        const domain = await options.loadDomain?.(hash as string);
        if (domain === undefined || domain.hash !== hash) {
          this.outdate();
          return;
        }
        this.domain = domain;
        onLoaded();
      } catch {
        await tries.rest(signal);
        // By then the server may have others again, or those that are here.
        await this.ask(false);
      }
    }
  }
}
