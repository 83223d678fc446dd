import { linesOf } from "../../relay/lines.ts";
import type { EventStore } from "../../store/event_store.ts";

/** Events that are read at once. */
const page = 2_000;

/** The stored events of a stream one after the other, without holding all of them. */
export class StreamEvents {
  readonly #store: EventStore;
  readonly #stream: string;
  #lines: readonly Uint8Array[] = [];
  #before = 0;

  constructor(store: EventStore, stream: string) {
    this.#store = store;
    this.#stream = stream;
  }

  /** The event of a version, from the one that was asked for last on; undefined where there is none. */
  async at(version: number): Promise<Uint8Array | undefined> {
    if (version > this.#before + this.#lines.length) {
      this.#before = version - 1;
      const { events } = await this.#store.read(this.#stream, this.#before, page);
      this.#lines = [...linesOf(events)];
    }
    return this.#lines[version - this.#before - 1];
  }
}
