import type { ContextTypes, Event } from "@crowbar/domain";
import { bytesOf } from "./ndjson.ts";
import type { Line, Pending } from "./pending.ts";

/** An event that a waiting command makes, on top of a stream that has folded it. */
export function waitingLine<C extends ContextTypes>(
  event: Event<C>,
  ahead: { viewKeysOf(event: Uint8Array): readonly string[] },
): Line {
  const text = JSON.stringify(event);
  return { version: event.version, text, waits: true, keys: ahead.viewKeysOf(bytesOf(text)) };
}

/** Those of the waiting commands that have made events of the log: the id of an event begins with its command's. */
export function landedIn<C extends ContextTypes>(
  lines: readonly string[],
  pending: readonly Pending<C>[],
): readonly Pending<C>[] {
  if (pending.length === 0) return [];
  const commands = new Set(lines.map((line) => line.slice(7, line.indexOf(".", 7))));
  return pending.filter(({ id }) => commands.has(id));
}

/**
 * Is what came just what the first of the waiting commands were to make, and were all others decided upon that? Then
 * they need not be decided again. The moment of an event aside: that is the server's.
 */
export function isForeseen<C extends ContextTypes>(
  lines: readonly string[],
  landed: readonly Pending<C>[],
  pending: readonly Pending<C>[],
): boolean {
  const foreseen = landed.flatMap((each) => each.lines);
  return (
    foreseen.length === lines.length &&
    landed.every((each, at) => each === pending[at]) &&
    pending.every(({ decided }) => decided) &&
    foreseen.every(({ text }, at) => saidBy(text) === saidBy(lines[at] as string))
  );
}

function saidBy(line: string): string {
  const { id, type, data } = JSON.parse(line);
  return JSON.stringify([id, type, data]);
}
