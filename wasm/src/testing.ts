/// <reference types="node" />
import assert from "node:assert/strict";
import type { AggregateCatalog } from "./catalog.ts";
import type { Domain } from "./domain.ts";
import type {
  CommandType,
  EventToExpect,
  GivenEvent,
  RejectionCode,
  ShortActor,
  ShortCommand,
  ShortContext,
} from "./testing_types.ts";
import type { ContextTypes } from "./types.ts";

export type * from "./testing_types.ts";

/** 2023-11-14T22:13:20Z: when everything happens that says nothing else. */
export const noon = 1_700_000_000_000;

/** The end of a specification: what came of the command. Each fails with a difference between the two. */
export interface Outcome<C extends ContextTypes, T extends string> {
  /** It was accepted with just these events: their types and data are compared, nothing else. */
  then(events: readonly EventToExpect<C, T>[]): void;
  /** It was refused with this code: a rejection of the aggregate, or a fault such as `version_conflict`. */
  rejected(code: RejectionCode<C, T>): void;
  /** It was accepted without an event: it was already so. */
  unchanged(): void;
}

/** Says what has happened before; nothing, where the list is empty. */
export type Given<C extends ContextTypes> = (events: readonly GivenEvent<C>[]) => {
  /** Says who asks for what. */
  when<T extends CommandType<C>>(
    command: { readonly type: T } & ShortCommand<C, T>,
    context: ShortContext<C, T>,
  ): Outcome<C, T>;
};

/** What any command, event and context may say, once the types have done their work. */
interface Short {
  readonly type: string;
  readonly data: object;
  readonly stream?: string;
  readonly actor?: ShortActor;
}
interface Circumstances {
  readonly actor: ShortActor;
}
interface Found {
  readonly domain: Domain<ContextTypes>;
  readonly aggregate: AggregateCatalog;
}

/** The same UUID for the same number, in every run. */
const uuid = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

function actorOf(actor: ShortActor) {
  return typeof actor === "string" ? { id: actor, roles: [] } : { roles: [], ...actor };
}

/**
 * The test kit over some contexts, which are loaded when the first test asks for them. What a test leaves out is filled
 * in, the same in every run: ids, versions from 1, the schema of today, `noon`, the actor of the context for events that
 * name none, and for the stream the first that an event or the command names, else `<aggregate>-<id of the actor>`.
 */
export function kit<C extends ContextTypes>(loads: readonly (() => Domain<C>)[]): { readonly given: Given<C> } {
  let loaded: readonly Domain<ContextTypes>[] | undefined;

  function find(type: string): Found {
    loaded ??= loads.map((load) => load() as unknown as Domain<ContextTypes>);
    for (const domain of loaded) {
      const aggregate = domain.describe().aggregates.find(({ commands }) => commands.some((it) => it.type === type));
      if (aggregate) return { domain, aggregate };
    }
    throw new TypeError(`No aggregate has a command ${type}.`);
  }

  /** Opens the stream, folds what is given, decides and closes again: a specification leaves nothing open. */
  function decide(events: readonly Short[], command: Short, context: Circumstances) {
    const { domain, aggregate } = find(command.type);
    const actor = actorOf(context.actor);
    const named = [...events, command].find(({ stream }) => stream !== undefined)?.stream;
    const stream = named ?? `${aggregate.name}-${actor.id}`;
    const stored = events.map((event, index) => ({
      id: `${uuid(index + 1)}.0`,
      stream,
      version: index + 1,
      schema: aggregate.events.find(({ type }) => type === event.type)?.schema ?? 1,
      at: noon,
      command: uuid(index + 1),
      domain: domain.hash,
      ...event,
      actor: actorOf(event.actor ?? actor),
    }));
    const asked = { id: uuid(events.length + 1), stream, ...command };
    const state = domain.open(aggregate.name as never, stream);
    try {
      state.fold(stored);
      const verdict = state.decideText(JSON.stringify(asked), JSON.stringify({ at: noon, ...context, actor }));
      return { verdict: JSON.parse(verdict) as AnyVerdict, asked: `${command.type} by ${actor.id} on ${stream}` };
    } finally {
      state.close();
    }
  }

  function given(events: readonly Short[]) {
    return {
      when(command: Short, context: Circumstances) {
        const expect = (expected: object, from: () => void) => {
          const { verdict, asked } = decide(events, command, context);
          compare(verdict, expected, asked, from);
        };
        const outcome = {
          // biome-ignore lint/suspicious/noThenProperty: given, when, then are the words of the field
          then(expected: readonly Short[]) {
            if (typeof expected === "function")
              throw new TypeError("A specification is no promise: leave out `await`.");
            expect({ events: expected.map(told) }, outcome.then as () => void);
          },
          rejected: (code: string) => expect({ rejected: code }, outcome.rejected as () => void),
          unchanged: () => expect({ events: [] }, outcome.unchanged),
        };
        return outcome;
      },
    };
  }
  return { given: given as unknown as Given<C> };
}

type AnyVerdict =
  | { readonly accepted: true; readonly events: readonly Short[] }
  | { readonly accepted: false; readonly rejection: { readonly code: string; readonly message: string } };

const told = ({ type, data }: Short) => ({ type, data });

/** Compares as node:assert does, so that every runner shows the difference; the stack begins at the test's own line. */
function compare(verdict: AnyVerdict, expected: object, asked: string, from: () => void): void {
  const actual = verdict.accepted ? { events: verdict.events.map(told) } : { rejected: verdict.rejection.code };
  try {
    assert.deepStrictEqual(actual, expected);
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error;
    const said = verdict.accepted ? `accepted, events: ${verdict.events.length}.` : verdict.rejection.message;
    error.message = `${asked}: ${said}\n${error.message}`;
    Error.captureStackTrace(error, from);
    throw error;
  }
}
