import type { Stack } from "../../local/stack.ts";
import type { JsonObject, Progress } from "../operation.ts";
import { reporting } from "../reporting.ts";

/** Rebuilds all views from the log beside those that there are, then switches to them. Answers what it took. */
export async function* replayViews(
  stack: Stack,
  _options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const replayed = yield* reporting("replaying", "events", (progress) => stack.replay({ progress, signal }));
  const { generation, events, views, ms, moduleMs, stopped } = replayed;
  const took = { ms: Math.round(ms), moduleMs: Math.round(moduleMs) };
  return { generation, events, views, ...took, stopped: stopped.map((each) => ({ ...each })) };
}
