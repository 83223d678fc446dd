import type { Position, Pushed } from "./push.ts";

/** A checkpoint of more streams than this stays in the view: it would be longer than all else there is to say. */
const longestCheckpoint = 100;
const told = new WeakMap<Position, string>();

/** How the stream begins: when to come again after it has broken, and after which position, where that is known. */
export function beginning(retryMs: number, id: string | undefined): string {
  return `retry: ${retryMs}\n${reachedLine(id)}\n`;
}

/** Nothing new; keeps what stands between from closing the connection, and says how far the listener has come. */
export function heartbeat(id: string | undefined): string {
  return `: nothing new\n${reachedLine(id)}\n`;
}

const reachedLine = (id: string | undefined) => (id === undefined ? "" : `id: ${id}\n`);

/** One position, or that some were missed. */
export function serverSentEvent(pushed: Pushed): string {
  if ("missed" in pushed) return `id: ${pushed.id}\nevent: missed\ndata: {}\n\n`;
  return `id: ${pushed.id}\nevent: position\ndata: ${textOf(pushed.position)}\n\n`;
}

/** The same for all who hear of it. */
function textOf(position: Position): string {
  const known = told.get(position);
  if (known !== undefined) return known;
  const { view, etag, checkpoint } = position;
  const short = Object.keys(checkpoint).length <= longestCheckpoint;
  const text = JSON.stringify({ view, etag, ...(short && { checkpoint }) });
  told.set(position, text);
  return text;
}
