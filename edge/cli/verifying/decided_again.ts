import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import { readVerdict } from "../../commands/verdict.ts";
import type { Aggregate, Domain } from "../../domain.ts";
import { aggregateOf } from "../../projector/kinds.ts";
import type { DecidedCommand, EventStore, StoredEvent } from "../../store/event_store.ts";
import type { Finding } from "./finding.ts";
import { sameVerdict } from "./same_verdict.ts";
import { StreamEvents } from "./stream_events.ts";

interface Parts {
  readonly domain: Domain;
  readonly store: EventStore;
}

/** How far it is: so many commands and events of the stream are checked. */
export interface Checked {
  readonly commands: number;
  readonly events: number;
}

/** Commands that are read at once. */
const page = 500;

/**
 * Decides every command of a stream again, each on the state that the events before it make, and holds what comes of it
 * against what is stored: the verdict, and its events in the log. A stream that cannot be folded further is named and left
 * there. Throws what the store throws, and CoreUnavailable.
 */
export async function* decidedAgain({ domain, store }: Parts, stream: string): AsyncGenerator<Checked | Finding> {
  const events = new StreamEvents(store, stream);
  using aggregate = domain.open(aggregateOf(stream), stream);
  const snapshot = await store.snapshot(stream, domain.hash);
  let commands = 0;
  try {
    for (;;) {
      const next = await store.commands(stream, commands, page);
      for (const decided of next) {
        yield* unexplained(aggregate, events, decided.decidedAt);
        yield* judged(domain, aggregate, decided);
        for (const event of storedIn(decided)) yield* followed(aggregate, events, event, decided.id);
        if (snapshot?.version === aggregate.version && !same(snapshot.bytes, aggregate.snapshot())) {
          const message = "The snapshot is not the state that the events make.";
          yield { code: "snapshot_differs", what: `snapshot ${stream} ${snapshot.version}`, message };
        }
      }
      commands += next.length;
      yield { commands, events: aggregate.version };
      if (next.length === 0) break;
    }
    yield* unexplained(aggregate, events, await store.head(stream));
    yield* unheld(await store.claimed(aggregate.claims), aggregate);
  } catch (error) {
    if (!(error instanceof Unfoldable)) throw error;
    yield { code: "event_unreadable", what: error.what, message: error.message };
  }
}

/** Events up to a version that no command before it has decided. */
async function* unexplained(aggregate: Aggregate, events: StreamEvents, version: number): AsyncGenerator<Finding> {
  while (aggregate.version < version) {
    const next = aggregate.version + 1;
    const bytes = await events.at(next);
    const what = `event ${aggregate.stream} ${next}`;
    if (bytes === undefined) throw new Unfoldable(what, "It is not in the log.");
    yield { code: "event_unexplained", what, message: "No command that is remembered has decided it." };
    fold(aggregate, bytes);
  }
}

function* judged(domain: Domain, aggregate: Aggregate, decided: DecidedCommand): Generator<Finding> {
  const { id, decidedAt, command, context, verdict } = decided;
  const what = `command ${id}`;
  if (decidedAt !== aggregate.version) {
    const message = `It was decided at version ${decidedAt} of ${aggregate.stream}, after one that left it at ${aggregate.version}.`;
    yield { code: "command_out_of_order", what, message };
    return;
  }
  try {
    const today = aggregate.decideBytes(command, context);
    if (sameVerdict(verdict, today, domain.hash)) return;
    const message = `On ${aggregate.stream} at ${decidedAt} it was decided ${short(verdict)}, and is decided ${short(today)}.`;
    yield { code: "verdict_differs", what, message };
  } catch (error) {
    if (!(error instanceof CrowbarError) || error instanceof CoreUnavailable) throw error;
    yield { code: "verdict_impossible", what, message: `It cannot be decided again: ${error.message}` };
  }
}

/** An event of a verdict is in the log as it was decided. */
async function* followed(
  aggregate: Aggregate,
  events: StreamEvents,
  { version, bytes }: StoredEvent,
  commandId: string,
): AsyncGenerator<Finding> {
  if (version <= aggregate.version) return; // told already: the command is out of order
  const what = `event ${aggregate.stream} ${version}`;
  const stored = await events.at(version);
  if (stored === undefined) {
    yield { code: "event_missing", what, message: `Command ${commandId} has decided it; it is not in the log.` };
    throw new Unfoldable(what, "Nothing after it can be judged.");
  }
  if (!same(stored, bytes)) {
    yield { code: "event_differs", what, message: `It is not the event that command ${commandId} has decided.` };
  }
  fold(aggregate, stored);
}

function* unheld(held: ReadonlyMap<string, string>, { claims, stream }: Aggregate): Generator<Finding> {
  for (const key of claims) {
    const holder = held.get(key);
    if (holder === stream) continue;
    const message = `${stream} has it by its events; ${holder === undefined ? "nobody" : holder} holds it.`;
    yield { code: "claim_not_held", what: `claim ${key}`, message };
  }
}

function storedIn({ verdict, decidedAt }: DecidedCommand): readonly StoredEvent[] {
  const read = readVerdict(verdict, decidedAt);
  return read.accepted ? read.events : [];
}

function fold(aggregate: Aggregate, event: Uint8Array): void {
  const version = aggregate.version + 1;
  try {
    aggregate.fold(event);
  } catch (error) {
    if (!(error instanceof CrowbarError) || error instanceof CoreUnavailable) throw error;
    throw new Unfoldable(`event ${aggregate.stream} ${version}`, `It cannot be folded: ${error.message}`);
  }
}

class Unfoldable extends Error {
  readonly what: string;
  constructor(what: string, message: string) {
    super(message);
    this.what = what;
  }
}

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const decoder = new TextDecoder();

function short(verdict: Uint8Array): string {
  const text = decoder.decode(verdict);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
