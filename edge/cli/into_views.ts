import type { Stack } from "../local/stack.ts";
import type { Progress } from "./operation.ts";

/** How often, in ms, it is said how much is waiting. */
const every = 200;

/** Waits until what is committed is in the views, or until the signal: then it throws its reason. */
export async function* intoViews(stack: Stack, signal: AbortSignal): AsyncGenerator<Progress> {
  const settled = stack.settled().then(() => true);
  settled.catch(() => {}); // awaited below
  for (let most = 0; ; ) {
    const depth = await stack.queue.depth();
    most = Math.max(most, depth);
    yield { kind: "step", step: "views", done: most - depth, total: most, unit: "messages" };
    const over = new AbortController();
    const paused = stack.clock.sleep(every, AbortSignal.any([signal, over.signal])).catch(() => false);
    const done = await Promise.race([settled, paused]);
    over.abort();
    if (done) return;
    signal.throwIfAborted();
  }
}
