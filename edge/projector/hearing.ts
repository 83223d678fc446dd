import { CoreUnavailable } from "@crowbar/domain";
import type { EventMessage, Message } from "../relay/queue.ts";
import { isCatchUp } from "../relay/queue.ts";
import { readStretch } from "../relay/read_stretch.ts";
import type { EventStore } from "../store/event_store.ts";
import type { OpenView } from "./open_view.ts";
import type { Traps } from "./traps.ts";

/** Why a stream cannot go on in a view: its event at this version. */
export interface Flaw {
  readonly stream: string;
  readonly version: number;
  readonly reason: string;
}

/** Events that are read from the log at once. */
const page = 2_000;

/**
 * Lets a view hear messages: what it has heard passes by, what comes next is projected in batches, and what it has missed is
 * fetched from the log. A stream of which an event cannot be projected stops there; the others go on.
 */
export class Hearing {
  readonly #view: OpenView;
  readonly #store: EventStore;
  /** Where the module has stopped: each event by itself, so that the one that stops it is found. */
  readonly #traps: Traps | undefined;
  readonly #flaws = new Map<string, Flaw>();
  #batch: EventMessage[] = [];
  /** How far the view will have heard, once the batch is projected. */
  readonly #ahead = new Map<string, number>();

  constructor(view: OpenView, store: EventStore, traps?: Traps) {
    this.#view = view;
    this.#store = store;
    this.#traps = traps;
  }

  /** Answers the streams that have stopped. Throws what is about no event: CoreUnavailable, StoreUnavailable. */
  async hear(messages: readonly Message[]): Promise<readonly Flaw[]> {
    for (const message of messages) {
      if (!this.#flaws.has(message.stream)) await this.#next(message);
    }
    this.#projectBatch();
    return [...this.#flaws.values()];
  }

  async #next(message: Message): Promise<void> {
    const { stream } = message;
    if (isCatchUp(message)) {
      this.#projectBatch();
      return this.#fetch(stream, Number.POSITIVE_INFINITY);
    }
    const heard = this.#ahead.get(stream) ?? this.#view.heard(stream);
    if (message.version <= heard) return;
    if (message.after > heard) {
      this.#projectBatch();
      return this.#fetch(stream, message.version);
    }
    if (message.version > heard + 1) {
      this.#projectBatch();
      if (!this.#flaws.has(stream)) this.#view.skipTo(stream, message.version - 1);
    }
    this.#batch.push(message);
    this.#ahead.set(stream, message.version);
  }

  #projectBatch(): void {
    let rest = this.#batch;
    this.#batch = [];
    this.#ahead.clear();
    while (rest.length > 0) {
      rest = rest.filter(({ stream }) => !this.#flaws.has(stream));
      const lines = this.#traps === undefined ? rest : rest.slice(0, 1);
      const flawed = this.#projectLines(lines);
      rest = rest.slice(flawed === undefined ? lines.length : flawed + 1);
    }
  }

  /** Answers the index of the one that cannot be projected. */
  #projectLines(lines: readonly EventMessage[]): number | undefined {
    const [first] = lines;
    if (first === undefined || this.#stops(first.stream, first.version)) return undefined;
    const flaw = this.#trying(first, () => this.#view.project(lines));
    const line = flaw && lines[flaw.index];
    if (line === undefined) return undefined;
    this.#flaw(line.stream, line.version, flaw?.error.message ?? "");
    return flaw?.index;
  }

  /** Everything up to a version that the view has not heard, from the log. */
  async #fetch(stream: string, upTo: number): Promise<void> {
    const limit = this.#traps === undefined ? page : 1;
    for (let at = this.#view.heard(stream); at < upTo && !this.#flaws.has(stream); at = this.#view.heard(stream)) {
      const read = await readStretch(this.#store, stream, at, Math.min(limit, upTo - at));
      if (read.damage !== undefined) return this.#flaw(stream, at + 1, read.damage.message);
      if (read.version === at) return this.#mustBeAll(stream, at, upTo);
      if (this.#stops(stream, at + 1)) return;
      const next = { stream, version: at + 1 };
      const error = this.#trying(next, () => this.#view.projectStretch(stream, read.events, read.version));
      if (error !== undefined) this.#flaw(stream, this.#view.heard(stream) + 1, error.message);
    }
  }

  #mustBeAll(stream: string, head: number, upTo: number): void {
    if (upTo === Number.POSITIVE_INFINITY) return;
    throw new Error(`${stream} is at ${head} in the log, and there is a message of ${upTo}.`);
  }

  /** Has this event stopped the module before, twice? */
  #stops(stream: string, version: number): boolean {
    if (!this.#traps?.isKnown(this.#view.key, stream, version)) return false;
    this.#flaw(stream, version, "The module stops when this event is projected.");
    return true;
  }

  #trying<T>({ stream, version }: { readonly stream: string; readonly version: number }, task: () => T): T {
    if (this.#traps === undefined) return task();
    this.#view.probe(); // an instance that is gone already went for another reason
    try {
      return task();
    } catch (error) {
      if (error instanceof CoreUnavailable) this.#traps.add(this.#view.key, stream, version);
      throw error;
    }
  }

  #flaw(stream: string, version: number, reason: string): void {
    this.#flaws.set(stream, { stream, version, reason });
  }
}
