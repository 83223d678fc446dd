import { QueueClosed } from "../relay/queue.ts";
import { Reconciler } from "../relay/reconciler.ts";
import { Relay } from "../relay/relay.ts";
import { Projector, type ProjectorOptions } from "./projector.ts";
import { type Replayed, type ReplayOptions, replay } from "./replay.ts";

/** A projector's, whose `batch` is also how much the relay publishes at once. */
export type LogToViewsOptions = ProjectorOptions;

/** The way from the log to the views in one process: relay, projector and reconciler over the ports that they share. */
export class LogToViews {
  readonly #options: LogToViewsOptions;
  readonly relay: Relay;
  readonly projector: Projector;
  readonly reconciler: Reconciler;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #end = new AbortController();

  constructor(options: LogToViewsOptions) {
    this.#options = options;
    this.relay = new Relay(options);
    this.projector = new Projector(options);
    this.reconciler = new Reconciler({ ...options, settledAt: () => this.relay.settledAt });
  }

  start(): void {
    this.projector.start();
    this.relay.start();
    this.reconciler.start();
  }

  /**
   * Resolves when everything that is committed by now is in every view that it touches, or put aside. Rejects with
   * `QueueClosed` when it is closed before.
   */
  async settled(): Promise<void> {
    for (;;) {
      await this.relay.idle();
      const progress = this.projector.progress();
      if ((await this.#options.queue.depth()) === 0) return;
      if (this.#end.signal.aborted) throw new QueueClosed("It was closed before everything was in the views.");
      await progress;
    }
  }

  /** Rebuilds all views while commands go on, then lets halted streams go on; see `replay`. One at a time. */
  async replay(options: Pick<ReplayOptions, "progress" | "signal"> = {}): Promise<Replayed> {
    const { domain, store, views, queue } = this.#options;
    const { relay, projector } = this;
    await relay.begun;
    const live = {
      get position() {
        return relay.position;
      },
      pause: () => projector.pause(),
      start: () => this.#goOn(),
    };
    const signal = options.signal ? AbortSignal.any([options.signal, this.#end.signal]) : this.#end.signal;
    const replayed = await this.#inTurn(() => replay({ domain, store, views, live, ...options, signal }));
    // What a stream was halted for may be in the new views.
    await queue.redrive();
    return replayed;
  }

  /** Carries out work that needs views which stand still: commands go on, and projecting after it. One at a time. */
  async withStillViews<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await this.projector.pause();
      try {
        return await work();
      } finally {
        this.#goOn();
      }
    });
  }

  /** Ends in order: what is being published, then what is being projected, then the queue. Store and views stay open. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#turn;
    await this.reconciler.close();
    await this.relay.close();
    await this.projector.close();
    await this.#options.queue.close();
  }

  #goOn(): void {
    if (!this.#end.signal.aborted) this.projector.start();
  }

  /** One after the other: they stop and start the same projector. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined); // its caller is told
    return turn;
  }
}
