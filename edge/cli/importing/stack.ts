import type { Stack } from "../../local/stack.ts";
import type { Refusal } from "../../outcome/refusal.ts";
import { OperationFailed, type Progress } from "../operation.ts";

/** Waits until what was imported is in the views. */
export async function* intoViews(stack: Stack): AsyncGenerator<Progress> {
  let settled = false;
  const done = stack.settled().finally(() => {
    settled = true;
  });
  done.catch(() => {}); // awaited below
  for (let most = 0; !settled; ) {
    const depth = await stack.queue.depth();
    most = Math.max(most, depth);
    yield { kind: "step", step: "views", done: most - depth, total: most, unit: "messages" };
    await Promise.race([done.catch(() => {}), stack.clock.sleep(200)]);
  }
  await done;
}

/** The domain's words for what makes the whole import pointless. */
export function impossible({ message, code }: Refusal): OperationFailed {
  return new OperationFailed("usage", `${message} (${code})`);
}
