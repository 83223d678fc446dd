// A whole stack in memory: the real parts over their twins, with a clock that stands at noon.
import { after } from "node:test";
import { load } from "@crowbar/domain/chat";
import type { LeftOut } from "../../../edge/cli/importing/tally.ts";
import type { Json, JsonObject, Operation, Progress } from "../../../edge/cli/operation.ts";
import { importIrc } from "../../../edge/cli/operations/import_irc.ts";
import { Deciding } from "../../../edge/commands/deciding.ts";
import { CountedIds } from "../../../edge/context/counted_ids.ts";
import { FixedClock } from "../../../edge/context/fixed_clock.ts";
import type { Domain } from "../../../edge/domain.ts";
import type { Stack } from "../../../edge/local/stack.ts";
import { LogToViews } from "../../../edge/projector/log_to_views.ts";
import { Hub } from "../../../edge/push/hub.ts";
import { MemoryQueue } from "../../../edge/relay/memory_queue.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";
import { MemoryViews } from "../../../edge/views/memory_views.ts";

export const noon = 1_709_208_000_000;
export const domain = (await load()) as unknown as Domain;
/** The three days of #ubuntu that the tests carry; its README has where they come from. */
export const slice = new URL("../../parity/slice/", import.meta.url).pathname;

export interface MemoryStack extends Stack {
  readonly clock: FixedClock;
  readonly store: MemoryEventStore;
  readonly views: MemoryViews;
}

const opened: Stack[] = [];
after(() => Promise.all(opened.map((stack) => stack.close())));

export async function memoryStack(store = new MemoryEventStore()): Promise<MemoryStack> {
  const clock = new FixedClock(noon);
  const views = new MemoryViews();
  const queue = await MemoryQueue.open({ clock });
  const push = new Hub({ epoch: "test" });
  const commands = new Deciding({ domain, store, clock });
  const toViews = new LogToViews({ domain, store, views, queue, push, clock });
  toViews.start();
  const stack = {
    ...{ domain, clock, store, views, queue, push, commands },
    ids: new CountedIds(),
    settled: () => toViews.settled(),
    replay: (options: Parameters<Stack["replay"]>[0]) => toViews.replay(options),
    async withStillViews<T>(work: () => Promise<T>): Promise<T> {
      await toViews.projector.pause();
      return await work().finally(() => toViews.projector.start());
    },
    async close() {
      await commands.close();
      await toViews.close();
      await store.close();
    },
  } as MemoryStack;
  opened.push(stack);
  return stack;
}

/** What an operation says and answers. */
export interface Ran {
  readonly result: JsonObject;
  readonly items: readonly Json[];
  readonly steps: readonly Progress[];
}

/** What an import says that it left out. */
export const leftOutOf = (items: readonly Json[]): readonly LeftOut[] =>
  items.map((item) => (item as unknown as { readonly leftOut: LeftOut }).leftOut);

/** Carries an operation out to its end. */
export async function ran(
  operation: Operation,
  stack: Stack,
  options: JsonObject = {},
  signal = new AbortController().signal,
): Promise<Ran> {
  const items: Json[] = [];
  const steps: Progress[] = [];
  const work = operation(stack, options, signal);
  for (;;) {
    const next = await work.next();
    if (next.done) return { result: next.value, items, steps };
    if (next.value.kind === "item") items.push(next.value.item);
    else steps.push(next.value);
  }
}

/** A stack into which the slice of #ubuntu was imported. */
export async function withSlice(): Promise<MemoryStack> {
  const stack = await memoryStack();
  await ran(importIrc, stack, { folder: slice, channel: "ubuntu" });
  return stack;
}

/** The data of every view, by key: what two stacks with the same history have in common. */
export async function viewsOf({ views, settled }: Stack): Promise<{ readonly [key: string]: Json }> {
  await settled();
  const all: { [key: string]: Json } = {};
  for await (const key of views.keys()) {
    const stored = await views.read(key);
    all[key] = JSON.parse(Buffer.from(stored?.bytes ?? []).toString()).data;
  }
  return all;
}
