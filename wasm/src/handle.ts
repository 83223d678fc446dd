/// <reference lib="esnext.disposable" preserve="true" />
import type { Core } from "./core.ts";
import { CoreUnavailable, CrowbarError } from "./errors.ts";

const leaked = new FinalizationRegistry<string>((what) => {
  console.warn(`crowbar: ${what} was not closed; \`using\` or close() gives its memory back.`);
});

/** Something open in the module. `using` closes it; what is never closed keeps its memory, and is told as a leak. */
export abstract class Handle implements Disposable {
  protected readonly core: Core;
  readonly #number: number;
  readonly #generation: number;
  readonly #what: string;
  #open = true;

  protected constructor(core: Core, number: number, what: string) {
    this.core = core;
    this.#number = number;
    this.#generation = core.generation;
    this.#what = what;
    leaked.register(this, what, this);
  }

  /** The number behind the handle. Throws where it is closed, or went with an instance that has stopped. */
  protected get number(): number {
    if (!this.#open) throw new CrowbarError({ code: "handle_closed", message: `${this.#what} is closed.` });
    if (this.#generation !== this.core.generation) {
      throw new CoreUnavailable(`${this.#what} went with an instance that has stopped; open and fold again.`);
    }
    return this.#number;
  }

  /** Gives the memory back. Closing twice does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    leaked.unregister(this);
    if (this.#generation === this.core.generation) this.core.need(this.core.one("close", this.#number));
  }
  [Symbol.dispose](): void {
    this.close();
  }
}
