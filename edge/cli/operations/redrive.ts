import type { Stack } from "../../local/stack.ts";
import { intoViews } from "../into_views.ts";
import type { JsonObject, Progress } from "../operation.ts";
import { optionalText } from "../options.ts";

/** Lets streams go on that were halted for a view (option `view`) or for any, and answers which are halted after that. */
export async function* redrive(
  stack: Stack,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const redriven = await stack.queue.redrive(optionalText(options, "view"));
  yield* intoViews(stack, signal);
  const halted = await stack.queue.deadLetters();
  return { redriven, halted: halted.map((each) => ({ ...each })) };
}
