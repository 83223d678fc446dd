import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Deciding } from "../commands/deciding.ts";
import type { Clock } from "../context/clock.ts";
import type { Ids } from "../context/ids.ts";
import { SystemClock } from "../context/system_clock.ts";
import { SystemIds } from "../context/system_ids.ts";
import type { Observe } from "../observe/observe.ts";
import { observeCommands } from "../observe/observe_commands.ts";
import { observePipeline } from "../observe/observe_pipeline.ts";
import { observeQueue } from "../observe/observe_queue.ts";
import { observeStore } from "../observe/observe_store.ts";
import { LogToViews } from "../projector/log_to_views.ts";
import { Hub } from "../push/hub.ts";
import { JournalFile } from "../relay/journal_file.ts";
import { MemoryQueue } from "../relay/memory_queue.ts";
import type { Observer } from "../relay/observer.ts";
import type { Relay } from "../relay/relay.ts";
import { openEventStore } from "../store/sqlite/open_event_store.ts";
import { FileViews } from "../views/file_views.ts";
import { servedDomains } from "./served_domains.ts";
import type { Stack } from "./stack.ts";

export interface StackOptions {
  /** The folder that holds everything: it is made where it is not there, and is this process's alone. */
  readonly data: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Hears what the parts do: lines, figures, traces. */
  readonly observe?: Observe;
  /** Hears what goes on behind the log, in place of `observe`. */
  readonly observer?: Observer;
  /** Is told every error that is our own. */
  readonly report?: (defect: unknown) => void;
}

/** The whole pipeline over one folder, in one process, running. */
export interface LocalStack extends Stack {
  /** The hash of the module before today's, where one was served here. */
  readonly previous: string | undefined;
  readonly relay: Relay;
}

/**
 * Opens the pipeline on a folder: the log in `log/`, the views in `views/`, what was put aside in `halted.jsonl`, the
 * rules that were served in `rules/`.
 *
 * @throws StoreUnavailable `busy` where another process has the folder; StoreDamaged; ViewsUnavailable.
 */
export async function openStack(options: StackOptions): Promise<LocalStack> {
  const { data, clock = new SystemClock(), ids = new SystemIds(clock), observe, report = () => {} } = options;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const store = openEventStore(join(data, "log"), { report });
  try {
    const { current: domain, beside, previous } = await servedDomains(join(data, "rules"));
    const views = await FileViews.open(join(data, "views"), { report });
    const queue = await MemoryQueue.open({ clock, journal: new JournalFile(join(data, "halted.jsonl")) });
    const push = new Hub({ epoch: ids.request() });
    const commands = new Deciding({ domain, store, clock, report, ...(previous !== undefined && { previous }) });
    if (observe !== undefined) {
      observe.metrics.know(domain.describe().aggregates.flatMap(({ commands }) => commands.map(({ type }) => type)));
      observeStore(store, observe);
      observeCommands(commands, observe);
      observeQueue(queue, observe, clock);
    }
    const observer = options.observer ?? (observe === undefined ? {} : observePipeline(observe));
    const way = new LogToViews({ domain: beside, store, views, queue, push, clock, observer });
    way.start();
    return {
      domain,
      clock,
      ids,
      store,
      views,
      queue,
      push,
      commands,
      previous: previous?.hash,
      relay: way.relay,
      settled: () => way.settled(),
      replay: (how) => way.replay(how),
      withStillViews: (work) => way.withStillViews(work),
      async close() {
        await commands.close();
        await way.close();
        await views.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
