import { CoreUnavailable } from "@crowbar/domain";
import type { Domain } from "../domain.ts";
import type { EventStore } from "../store/event_store.ts";
import type { ViewStore } from "../views/view_store.ts";
import { allStreams, type StreamHead } from "./all_streams.ts";
import { CatchingUp } from "./catching_up.ts";
import { Rebuilding, type RebuildingOptions, type Stopped } from "./rebuilding.ts";
import { Stopwatch } from "./stopwatch.ts";

/** Whoever projects while the views are rebuilt. */
export interface Live {
  /** Nothing beyond this place in the log can have been projected, and everything before it is committed. */
  readonly position: number;
  pause(): Promise<void>;
  start(): void;
}

export interface ReplayOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly live: Live;
  /** Events that are in the new views, of those that there were when it began. */
  readonly progress?: (done: number, total: number) => void;
  /** Leaves the views as they are. */
  readonly signal?: AbortSignal;
}

export interface Replayed {
  readonly generation: string;
  readonly events: number;
  readonly views: number;
  readonly ms: number;
  /** Of those, inside the module. */
  readonly moduleMs: number;
  /** Streams that a view could not be rebuilt with to their end. */
  readonly stopped: readonly Stopped[];
}

/** Catching up goes on beside the old views until so few events are left, … */
const few = 100;
/** … or so often: whoever commits faster than that is caught up with while projecting is paused. */
const rounds = 100;

/**
 * Rebuilds all views from the log, beside the ones that there are, while commands and projecting go on; catches up with
 * what has been committed meanwhile, and makes them the current ones. Projecting is paused for the last step alone.
 *
 * @throws CoreUnavailable where the module has stopped twice; what the store and the views throw; the signal's reason. Then
 *   the views are those that there were.
 */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { store, views, live, progress = () => {}, signal = new AbortController().signal } = options;
  const whole = new Stopwatch();
  const module = new Stopwatch();
  const end = whole.start();
  const { position } = live;
  const streams: StreamHead[] = [];
  for await (const stream of allStreams(store)) streams.push(stream);
  const total = streams.reduce((sum, { version }) => sum + version, 0);
  const built = await rebuilt({ ...options, streams, module, signal, progress: (done) => progress(done, total) });
  try {
    await caughtUp(options, built.views, position, signal);
    await views.switchTo(built.views);
  } catch (error) {
    await built.views.close();
    throw error;
  } finally {
    live.start();
  }
  end();
  const { events, written, stopped } = built.rebuilding;
  return {
    generation: built.views.generation,
    ...{ events, views: written, stopped },
    ...{ ms: whole.ms, moduleMs: module.ms },
  };
}

interface Built {
  readonly views: ViewStore;
  readonly rebuilding: Rebuilding;
}

/** Once more where the module has stopped: whatever was open in it is gone. */
async function rebuilt(options: RebuildingOptions, again = true): Promise<Built> {
  const views = await options.views.begin();
  const rebuilding = new Rebuilding({ ...options, views });
  try {
    await rebuilding.run();
    return { views, rebuilding };
  } catch (error) {
    await views.close();
    if (again && error instanceof CoreUnavailable) return rebuilt(options, false);
    throw error;
  }
}

async function caughtUp(
  { domain, store, live }: ReplayOptions,
  views: ViewStore,
  position: number,
  signal: AbortSignal,
): Promise<void> {
  const catchingUp = new CatchingUp(domain, store, views, position);
  try {
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      if ((await catchingUp.next()) < few) break;
    }
    await live.pause();
    // From here on nothing is projected; what is published meanwhile waits for the new views.
    const { position: projected } = live;
    while (catchingUp.position < projected) await catchingUp.next();
  } finally {
    catchingUp.close();
  }
}
