// What every contender of the benchmark does, in one shape. A contender that cannot do a thing leaves the member out.

import type { Command, Context, Event, Verdict } from "./rivals/chat/contract.ts";

export type Awaitable<T> = T | Promise<T>;

/** One stream folded and kept in memory. Only decideBatch changes it: the others decide the same way however often asked. */
export type Resident = {
  readonly version: number;
  /** JSON text in, canonical JSON text out. */
  decideText(command: string, context: string): string;
  /** UTF-8 in, canonical UTF-8 out; the answer is read before the next call. */
  decideBytes(command: Uint8Array, context: Uint8Array): Uint8Array;
  /** NDJSON commands of one context to NDJSON verdicts; each accepted command is evolved before the next is decided. */
  decideBatch(commands: Uint8Array, context: Uint8Array): Uint8Array;
  decideObject(command: Command, context: Context): Verdict;
  close?(): void;
};

/** An event store in memory with the library's own load, decide, append. */
export type Store = { handle(command: Command, context: Context): Promise<Verdict> };

export type Contender = {
  readonly name: string;
  /** The sha-256 that stands in events and views. */
  readonly domain: string;
  /** Folds NDJSON of stored events, in order, from version 1. */
  fold(stream: string, events: Uint8Array): Awaitable<Resident>;
  /** The same from events that are JavaScript objects already. */
  foldObjects(stream: string, events: readonly Event[]): Awaitable<Resident>;
  /**
   * Projects NDJSON of stored events to a view's canonical bytes. Keys: allchannels, allusers, channel/<id>, and
   * messages/<id>/*, which is every page of the channel, one view a line, from the events of that channel alone.
   */
  project?(view: string, events: Uint8Array): Awaitable<Uint8Array>;
  openStore?(): Store;
};

/** What a contender's file exports. The module names its own domain; the others take that one, to give equal bytes. */
export type Open = (domain: string) => Awaitable<Contender>;

export const contenderNames = ["module", "zod", "hand", "ajv", "emmett", "castore"] as const;
export type ContenderName = (typeof contenderNames)[number];

/** The contender that every ratio is taken to. */
export const baseline = "zod" satisfies ContenderName;

/** Stands for the module's hash while there is no module. */
export const noDomain = "0".repeat(64);
