import type { DecidedCommand } from "../store/event_store.ts";

/** The form of a command's id: a UUID in small letters. Nothing else is worth asking the store for. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const decoder = new TextDecoder();

export const isCommandId = (text: string): boolean => uuid.test(text);

/**
 * May somebody who reads that stream see this command? An accepted one is part of the stream's history. A refused one is between
 * its sender and the server: it may have been sent by somebody whom the stream does not even admit.
 */
export function mayBeSeen(decided: DecidedCommand, stream: string, actor: string): boolean {
  return decided.stream === stream && (decided.actor === actor || parsed(decided.verdict).accepted === true);
}

/**
 * `{"command":…,"context":{"at":…,"actor":…},"verdict":…,"decidedAt":…}`: command and verdict are the stored bytes. Of the context
 * only who and when, as they stand in every event, too: a fact is what the server has found out for the rules alone.
 */
export function decidedCommandBytes({ command, context, verdict, decidedAt }: DecidedCommand): Uint8Array {
  const { at, actor } = parsed(context);
  return Buffer.concat([
    Buffer.from('{"command":'),
    command,
    Buffer.from(`,"context":${JSON.stringify({ at, actor })},"verdict":`),
    verdict,
    Buffer.from(`,"decidedAt":${decidedAt}}`),
  ]);
}

const parsed = (bytes: Uint8Array): Readonly<Record<string, unknown>> => JSON.parse(decoder.decode(bytes));
