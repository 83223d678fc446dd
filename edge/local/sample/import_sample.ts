import { fileURLToPath } from "node:url";
import type { Progress } from "../../cli/operation.ts";
import { importIrc } from "../../cli/operations/import_irc.ts";
import type { Stack } from "../stack.ts";

const folder = fileURLToPath(new URL("irc", import.meta.url));
const channel = "ubuntu";

/**
 * Imports the sample through the commands path, as anybody's: what is there already is not there twice. Resolves when it
 * is in the views, with how many events came on top.
 *
 * @throws OperationFailed; the signal's reason where it is aborted.
 */
export async function importSample(
  stack: Stack,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<number> {
  const importing = importIrc(stack, { folder, channel }, signal);
  for (;;) {
    const { done, value } = await importing.next();
    if (done) return Number(value.events);
    onProgress(value);
  }
}
