import type { Actor, AggregateName, Command, Context, ContextTypes, Event, Rejection, Verdict } from "./types.ts";

// Each distributes over contexts: what a union of contexts has in common is nothing.
type CommandOf<C extends ContextTypes> = C extends ContextTypes ? Command<C> : never;
type EventOf<C extends ContextTypes> = C extends ContextTypes ? Event<C> : never;

/** The types of all commands. */
export type CommandType<C extends ContextTypes> = CommandOf<C>["type"];

/** Who acts: an id is enough. */
export type ShortActor = Actor | string;

/** Of a record, its type and data; whatever else it has may be left out. */
type Shortened<R> = R extends { readonly type: unknown; readonly data: unknown }
  ? Pick<R, "type" | "data"> & Partial<Omit<R, "type" | "data" | "actor">>
  : never;

/** A command, of which `id` and `stream` may be left out. */
export type ShortCommand<C extends ContextTypes, T extends string = string> = Shortened<
  Extract<CommandOf<C>, { readonly type: T }>
>;

/** An event that has happened: type and data; actor, stream, at and the rest where they matter. */
export type GivenEvent<C extends ContextTypes> = Shortened<EventOf<C>> & { readonly actor?: ShortActor };

type AggregateOf<C extends ContextTypes, T> = {
  [A in AggregateName<C>]: T extends keyof C["commands"][A] ? A : never;
}[AggregateName<C>];

/** The circumstances, of which all but the actor may be left out. */
export type ShortContext<C extends ContextTypes, T> = C extends ContextTypes
  ? { readonly actor: ShortActor } & Partial<Pick<Context<FactsOf<C, AggregateOf<C, T>>>, "at" | "facts">>
  : never;
type FactsOf<C extends ContextTypes, A> = A extends keyof C["facts"] ? C["facts"][A] : object;

/** An event that a command of type `T` may lead to. A whole event will do: type and data are compared. */
export type EventToExpect<C extends ContextTypes, T> = C extends ContextTypes
  ? Shortened<Event<C, AggregateOf<C, T>>>
  : never;

/** A code that a command of type `T` may be refused with. */
export type RejectionCode<C extends ContextTypes, T> = C extends ContextTypes
  ? Refusal<Verdict<C, AggregateOf<C, T>>>["code"]
  : never;
type Refusal<V> = V extends { readonly accepted: false; readonly rejection: infer R }
  ? R extends Rejection
    ? R
    : never
  : never;
