import type { Commands } from "../commands/commands.ts";
import type { Clock } from "../context/clock.ts";
import type { Ids } from "../context/ids.ts";
import type { Domain } from "../domain.ts";
import type { Replayed, ReplayOptions } from "../projector/replay.ts";
import type { Push } from "../push/push.ts";
import type { Queue } from "../relay/queue.ts";
import type { EventStore } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";

/** All parts of a pipeline, put together: what the server, the CLI, the tests and the benchmark work with. */
export interface Stack {
  readonly domain: Domain;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly queue: Queue;
  readonly push: Push;
  readonly commands: Commands;
  /** Resolves when every committed event is in every view that it touches, or put aside. */
  settled(): Promise<void>;
  /** Rebuilds all views while commands go on, then switches to them. One at a time. */
  replay(options?: Pick<ReplayOptions, "progress" | "signal">): Promise<Replayed>;
  /** Carries out work that needs views which stand still: commands go on, and projecting after it. */
  withStillViews<T>(work: () => Promise<T>): Promise<T>;
  /** Ends what runs, in order: no new command, then the relay, the projector, the store. */
  close(): Promise<void>;
}
