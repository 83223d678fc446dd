import type { Append } from "./event_store.ts";
import { checkName, checkWhole } from "./names.ts";

/** An append as a store takes it over: events with their line's end, as they are read again. */
export interface OwnAppend extends Omit<Append, "events"> {
  readonly events: readonly { readonly version: number; readonly line: Uint8Array }[];
  /** Of everything in it. */
  readonly bytes: number;
}

const lineEnd = 10;

/**
 * A copy: the append is carried out a little later, when the caller may have used its buffers again.
 *
 * @throws TypeError, RangeError as `EventStore.append` says.
 */
export function ownCopy({ decided, events, claims, upon }: Append): OwnAppend {
  const { id, actor, digest, stream, decidedAt, command, context, verdict } = decided;
  for (const name of [id, actor, digest, stream]) checkName(name);
  for (const { key } of claims) checkName(key);
  checkWhole(decidedAt);
  for (const [index, { version, bytes }] of events.entries()) {
    if (version !== decidedAt + 1 + index) {
      throw new RangeError(`Event ${version} of command ${id} has to be version ${decidedAt + 1 + index}.`);
    }
    if (bytes.length === 0 || bytes.includes(lineEnd)) {
      throw new TypeError(`Event ${version} of command ${id} has to be one line of at least one byte.`);
    }
  }
  const bytes = events.reduce(
    (size, event) => size + event.bytes.length + 1,
    command.length + context.length + verdict.length,
  );
  // One buffer for all of it: making one costs more than filling it.
  const own = Buffer.allocUnsafe(bytes);
  let end = 0;
  const keep = (from: Uint8Array) => {
    own.set(from, end);
    end += from.length;
    return own.subarray(end - from.length, end);
  };
  return {
    decided: {
      ...{ id, actor, digest, stream, decidedAt },
      command: keep(command),
      context: keep(context),
      verdict: keep(verdict),
    },
    events: events.map(({ version, bytes }) => {
      keep(bytes);
      own[end] = lineEnd;
      end += 1;
      return { version, line: own.subarray(end - bytes.length - 1, end) };
    }),
    claims: claims.map((claim) => ({ ...claim })),
    ...(upon !== undefined && { upon }),
    bytes,
  };
}

/** An event as it was handed over, without its line's end. */
export function withoutLineEnd(line: Uint8Array): Uint8Array {
  return line.subarray(0, -1);
}
