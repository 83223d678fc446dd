import type { Stack } from "../../local/stack.ts";
import { aggregateOf } from "../../projector/kinds.ts";
import type { JsonObject, Progress } from "../operation.ts";
import { countEvents, type StreamHead, streamHeads } from "../stored.ts";

/** Commands that are read at once. */
const page = 500;
/** The cursors of those who read the log: up to where it is published, and where it is in the views. One may be unused. */
const cursors = ["relay", "settled"];
const decoder = new TextDecoder();

/** How much there is: streams, events, commands by what came of them, views, what is halted, and how far the log is read. */
export async function* stats(
  { store, views, queue, domain }: Stack,
  _options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const heads = await streamHeads(store);
  const commands = new Map<string, number>();
  for (const [index, { stream }] of heads.entries()) {
    for (let offset = 0; ; ) {
      signal.throwIfAborted();
      const decided = await store.commands(stream, offset, page);
      for (const { verdict } of decided) add(commands, outcomeOf(verdict), 1);
      offset += decided.length;
      if (decided.length < page) break;
    }
    yield { kind: "step", step: "counting", done: index + 1, total: heads.length, unit: "streams" };
  }
  const kinds = new Map<string, { views: number; bytes: number }>();
  for await (const key of views.keys()) {
    signal.throwIfAborted();
    const kind = key.split("/", 1)[0] ?? key;
    const known = kinds.get(kind) ?? { views: 0, bytes: 0 };
    const size = (await views.read(key))?.bytes.length ?? 0;
    kinds.set(kind, { views: known.views + 1, bytes: known.bytes + size });
  }
  const read = await Promise.all(cursors.map(async (name) => [name, await store.cursor(name)] as const));
  return {
    domain: domain.hash,
    streams: byAggregate(heads, () => 1),
    events: byAggregate(heads, ({ version }) => version),
    commands: Object.fromEntries(commands),
    views: Object.fromEntries(kinds),
    generation: views.generation,
    log: { events: countEvents(heads), ...Object.fromEntries(read.filter(([, position]) => position > 0)) },
    waiting: await queue.depth(),
    halted: (await queue.deadLetters()).map((each) => ({ ...each })),
  };
}

function outcomeOf(verdict: Uint8Array): string {
  const { accepted, events, rejection } = JSON.parse(decoder.decode(verdict));
  if (!accepted) return String(rejection.code);
  return events.length > 0 ? "accepted" : "unchanged";
}

function byAggregate(heads: readonly StreamHead[], of: (head: StreamHead) => number): JsonObject {
  const counts = new Map<string, number>();
  for (const head of heads) add(counts, aggregateOf(head.stream), of(head));
  return Object.fromEntries(counts);
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
