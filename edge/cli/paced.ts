import type { JsonObject, Progress } from "./operation.ts";

/** Nobody reads faster than this. */
const every = 100;

/**
 * The same work, saying how far it is at most ten times a second: the first of each step, then no more than needed. What
 * is part of its answer is never left out.
 */
export async function* paced(
  work: AsyncGenerator<Progress, JsonObject, undefined>,
): AsyncGenerator<Progress, JsonObject, undefined> {
  let step: string | undefined;
  let said = 0;
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      if (next.value.kind === "step") {
        const now = performance.now();
        const complete = next.value.done === next.value.total;
        if (next.value.step === step && now - said < every && !complete) continue;
        step = next.value.step;
        said = now;
      }
      yield next.value;
    }
  } finally {
    await work.return({});
  }
}
