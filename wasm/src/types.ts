import type { Fault } from "../generated/faults.ts";

/** What `wasm/generated/<context>.ts` says of a context: its records by aggregate and wire name. */
export interface ContextTypes {
  readonly commands: object;
  readonly events: object;
  readonly rejections: object;
  readonly facts: object;
  readonly views: object;
}

/** The names of a context's aggregates. */
export type AggregateName<C extends ContextTypes> = keyof C["commands"] & keyof C["events"] & string;

type Get<T, K> = K extends keyof T ? T[K] : never;

/** What a client sends. `id` is a UUID made by the client, once, for ever; `data` is narrowed by `type`. */
export type Command<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> = A extends unknown
  ? {
      readonly [T in keyof C["commands"][A] & string]: {
        readonly id: string;
        readonly stream: string;
        readonly type: T;
        readonly expectedVersion?: number;
        readonly data: C["commands"][A][T];
      };
    }[keyof C["commands"][A] & string]
  : never;

/** The signed-in person. */
export interface Actor {
  readonly id: string;
  readonly roles?: readonly string[];
}

/** The circumstances of a decision, which only a server makes. `at` is in ms since 1970. */
export interface Context<F = object> {
  readonly at: number;
  readonly actor: Actor;
  readonly facts?: F;
}

/** A stored event, in its shape of today; `data` is narrowed by `type`. */
export type Event<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> = A extends unknown
  ? {
      readonly [T in keyof C["events"][A] & string]: {
        readonly id: string;
        readonly stream: string;
        readonly version: number;
        readonly type: T;
        readonly schema: number;
        readonly at: number;
        readonly actor: Required<Actor>;
        readonly command: string;
        readonly domain: string;
        readonly data: C["events"][A][T];
      };
    }[keyof C["events"][A] & string]
  : never;

/** A key that must be unique beyond its stream; the store takes or gives it back in the transaction of the append. */
export type Claim =
  | { readonly key: string; readonly action: "take"; readonly rejection: string }
  | { readonly key: string; readonly action: "release" };

/** Why not. `pointer` is a JSON pointer into the command; `params` are the values that the message names. */
export interface Rejection<Code extends string = string> {
  readonly code: Code;
  readonly message: string;
  readonly pointer?: string;
  readonly params?: { readonly [name: string]: string | number };
}

export type Accepted<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> = {
  readonly accepted: true;
  readonly stream: string;
  /** Of the stream, after the events. */
  readonly version: number;
  /** Empty means: it was already so. */
  readonly events: readonly Event<C, A>[];
  readonly claims?: readonly Claim[];
};
export type Refused<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> = {
  readonly accepted: false;
  readonly rejection: Rejection<(Get<C["rejections"], A> & string) | Fault>;
};
export type Verdict<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> =
  | Accepted<C, A>
  | Refused<C, A>;

/** The type of a view's data, by its key. */
export type ViewData<C extends ContextTypes, K extends string> = K extends keyof C["views"]
  ? C["views"][K]
  : K extends `${infer Name}/${string}`
    ? Get<C["views"], Name>
    : unknown;

/** A view as it is stored. `projection` is its key; `checkpoint` says which events are in it. */
export interface ViewObject<Data> {
  readonly data: Data;
  readonly checkpoint: Checkpoint;
  readonly projection: string;
  readonly domain: string;
}
/** Stream → version of the last event that is in a view. */
export type Checkpoint = { readonly [stream: string]: number };

/** NDJSON bytes or text (stored events, in order), or the events as objects. Bytes are much the fastest. */
export type Events = Uint8Array | string | readonly object[];
