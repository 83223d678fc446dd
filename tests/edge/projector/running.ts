// The way from a log to its views, running over parts in memory.
import { after } from "node:test";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import { LogToViews, type LogToViewsOptions } from "../../../edge/projector/log_to_views.ts";
import type { Position, Push } from "../../../edge/push/push.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import type { Observer } from "../../../edge/relay/observer.ts";
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";
import type { ViewStore } from "../../../edge/views/view_store.ts";
import { domain, noon } from "./history.ts";

export interface Running {
  readonly store: EventStore;
  readonly views: ViewStore;
  readonly queue: MemoryQueue;
  readonly clock: FixedClock;
  readonly follows: LogToViews;
  readonly pushed: Position[];
  readonly failures: unknown[];
  readonly parked: string[];
  /** Lets time pass until everything is in the views. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const started = new Set<Running>();
after(() => Promise.all([...started].map((running) => running.close())));

/** Starts it; `changes` replaces parts. */
export async function running(store: EventStore, changes: Partial<LogToViewsOptions> = {}): Promise<Running> {
  const clock = new FixedClock(noon);
  const queue = (changes.queue as MemoryQueue | undefined) ?? (await MemoryQueue.open({ clock }));
  const views = changes.views ?? new MemoryViews();
  const pushed: Position[] = [];
  const failures: unknown[] = [];
  const parked: string[] = [];
  const push = { publish: (position: Position) => void pushed.push(position) } as Push;
  const observer: Observer = {
    failed: (_, error) => failures.push(error),
    parked: ({ group, stream, version, reason }) => parked.push(`${group} ${stream} ${version}: ${reason}`),
  };
  const parts = { domain, store, views, queue, push, clock, observer, random: () => 0.5, workers: 3 };
  const follows = new LogToViews({ ...parts, ...changes });
  const running: Running = {
    ...{ store, views, queue, clock, follows, pushed, failures, parked },
    settled: () => whileTimePasses(clock, follows.settled()),
    close: async () => {
      if (!started.delete(running)) return;
      await follows.close();
    },
  };
  started.add(running);
  follows.start();
  return running;
}

/** Waits, and lets the time pass that others wait for. */
export async function whileTimePasses<T>(clock: FixedClock, waited: Promise<T>, ms = 100): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  waited.then(end, end);
  for (let turn = 0; !over; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    // As long as something happens by itself, time stands still.
    if (turn % 20 === 19) await clock.advance(ms);
  }
  return waited;
}
