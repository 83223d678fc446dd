import { CoreUnavailable } from "@crowbar/domain";
import type { Stack } from "../../local/stack.ts";
import { StoreDamaged } from "../../store/event_store.ts";
import type { Json, JsonObject, Progress } from "../operation.ts";
import { reporting } from "../reporting.ts";
import { countEvents, type StreamHead, streamHeads } from "../stored.ts";
import { type Checked, decidedAgain } from "../verifying/decided_again.ts";
import { differingViews } from "../verifying/differing_views.ts";
import type { Finding } from "../verifying/finding.ts";

/**
 * Checks everything that is stored: each record against its checksum, each command's verdict and events against what the
 * domain decides again, each view against the fold of the log. Items are `{finding}`; there may be many.
 */
export async function* verify(
  stack: Stack,
  _options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const findings = new Findings();
  yield { kind: "step", step: "records", done: 0, unit: "damaged" };
  for await (const { what, message } of stack.store.check()) {
    signal.throwIfAborted();
    yield* findings.add({ code: "record_damaged", what, message });
    yield { kind: "step", step: "records", done: findings.count, unit: "damaged" };
  }
  const heads = await streamHeads(stack.store);
  const total = countEvents(heads);
  let events = 0;
  let commands = 0;
  for (const head of heads) {
    signal.throwIfAborted();
    let checked: Checked = { commands: 0, events: 0 };
    for await (const each of ofStream(stack, head)) {
      if ("code" in each) yield* findings.add(each);
      else checked = each;
      const done = Math.min(events + checked.events, total);
      yield { kind: "step", step: "decisions", done, total, unit: "events" };
    }
    events += head.version;
    commands += checked.commands;
  }
  yield { kind: "step", step: "decisions", done: total, total, unit: "events" };
  const differing = yield* reporting("views", "events", (say) => differingViews(stack, signal, say));
  for (const finding of differing) yield* findings.add(finding);
  const views = await count(stack.views.keys());
  return { streams: heads.length, commands, events: total, views, findings: findings.byCode };
}

/** Whatever is damaged in a stream ends with it. Once more from its beginning where the module's instance has stopped. */
async function* ofStream(stack: Stack, { stream }: StreamHead, again = true): AsyncGenerator<Checked | Finding> {
  try {
    yield* decidedAgain(stack, stream);
  } catch (error) {
    if (error instanceof CoreUnavailable && again) return yield* ofStream(stack, { stream, version: 0 }, false);
    if (error instanceof StoreDamaged) yield { code: "record_damaged", what: error.what, message: error.message };
    else if (error instanceof CoreUnavailable) {
      yield { code: "stream_unreadable", what: `stream ${stream}`, message: `It stops the rules: ${error.message}` };
    } else throw error;
  }
}

/** What was found, each once: a damaged record is met on several ways. */
class Findings {
  readonly #known = new Set<string>();
  readonly #counts = new Map<string, number>();

  *add({ code, what, message }: Finding): Generator<Progress> {
    if (this.#known.has(`${code} ${what}`)) return;
    this.#known.add(`${code} ${what}`);
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    yield { kind: "item", item: { finding: { code, what, message } } satisfies Json };
  }
  get count(): number {
    return this.#known.size;
  }
  get byCode(): JsonObject {
    return Object.fromEntries(this.#counts);
  }
}

async function count(all: AsyncIterable<unknown>): Promise<number> {
  let counted = 0;
  for await (const _ of all) counted += 1;
  return counted;
}
