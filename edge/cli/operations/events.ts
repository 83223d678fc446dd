import type { Stack } from "../../local/stack.ts";
import { linesOf } from "../../relay/lines.ts";
import { type JsonObject, OperationFailed, type Progress } from "../operation.ts";
import { countOption, textOption } from "../options.ts";

/** Events that are read at once. */
const page = 1_000;
const decoder = new TextDecoder();

/**
 * The events of a stream as they are stored, after a version: options `stream`, `after`, and `follow`, to wait for more
 * until it is stopped. Items are texts: the canonical JSON of an event.
 */
export async function* events(
  { store }: Stack,
  options: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Progress, JsonObject, undefined> {
  const stream = textOption(options, "stream");
  const after = countOption(options, "after");
  const follow = options.follow === true;
  if (!follow && (await store.head(stream)) === 0) throw new OperationFailed("usage", `There is no stream ${stream}.`);
  let version = after;
  let wake = () => {};
  const stop = store.onCommit(() => wake());
  signal.addEventListener("abort", () => wake(), { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const committed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const next = await store.read(stream, version, page);
      for (const line of linesOf(next.events)) yield { kind: "item", item: decoder.decode(line) };
      if (next.version > version) version = next.version;
      else if (!follow) return { stream, after, version };
      else if (!signal.aborted) await committed;
    }
  } finally {
    stop();
  }
}
