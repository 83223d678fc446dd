import type { Stack } from "../../local/stack.ts";
import { knownViews } from "../../views/known_views.ts";
import { intoViews } from "../into_views.ts";
import { type JsonObject, OperationFailed, type Progress } from "../operation.ts";
import { optionalText } from "../options.ts";

/**
 * Lets streams go on that were halted for a view (option `view`) or for any, and answers which are halted after that.
 *
 * @throws OperationFailed `usage` where nothing is halted for that view, and the rules have none of that name.
 */
export async function* redrive(
  stack: Stack,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const view = optionalText(options, "view");
  const redriven = await stack.queue.redrive(view);
  if (view !== undefined && redriven === 0 && knownViews(stack.domain.describe())(view) === undefined) {
    throw new OperationFailed("usage", `There is no view ${view}.`);
  }
  yield* intoViews(stack, signal);
  const halted = await stack.queue.deadLetters();
  return { redriven, halted: halted.map((each) => ({ ...each })) };
}
