import type { Stack } from "../../local/stack.ts";
import type { JsonObject, Progress } from "../operation.ts";
import { optionalText } from "../options.ts";

/** Lets streams go on that were halted for a view (option `view`) or for any, and answers which are halted after that. */
export async function* redrive(stack: Stack, options: JsonObject): AsyncGenerator<Progress, JsonObject, undefined> {
  const redriven = await stack.queue.redrive(optionalText(options, "view"));
  yield { kind: "step", step: "redriving", done: 0, total: redriven, unit: "streams" };
  await stack.settled();
  yield { kind: "step", step: "redriving", done: redriven, total: redriven, unit: "streams" };
  const halted = await stack.queue.deadLetters();
  return { redriven, halted: halted.map((each) => ({ ...each })) };
}
