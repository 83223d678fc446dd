import type { Actor, Catalog, Checkpoint, Rejection } from "@crowbar/domain";

/**
 * What this package needs of a module: the surface of any entry of `@crowbar/domain`, in bytes. Whoever puts the parts
 * together loads the context that they serve; nothing else here knows which one it is.
 */
export interface Domain {
  readonly hash: string;
  describe(): Catalog;
  open(aggregate: string, stream: string): Aggregate;
  restore(snapshot: Uint8Array): Aggregate;
  view(keyOrStored: string | Uint8Array): View;
  pages(key: string, stored?: readonly Uint8Array[]): Pages;
  viewKeysOf(event: Uint8Array): readonly string[];
  check(json: Uint8Array): Rejection | undefined;
}

/** The state of one stream. Events are canonical bytes, NDJSON where they are several. */
export interface Aggregate extends Disposable {
  readonly stream: string;
  readonly version: number;
  readonly claims: readonly string[];
  fold(events: Uint8Array): void;
  decideBytes(command: Uint8Array, context: Uint8Array): Uint8Array;
  evolve(verdict: Uint8Array): void;
  /** May this person read the stream? */
  admits(actor: string): boolean;
  viewKeysOf(event: Uint8Array): readonly string[];
  snapshot(): Uint8Array;
  close(): void;
}

interface Projecting extends Disposable {
  readonly key: string;
  readonly checkpoint: Checkpoint;
  project(events: Uint8Array): void;
  beginAfter(stream: string, version: number): void;
  close(): void;
}
export interface View extends Projecting {
  bytes(): Uint8Array;
}
export interface Pages extends Projecting {
  readonly version: number;
  touched(): readonly string[];
  bytes(key: string): Uint8Array;
}

export type { Actor, Catalog, Checkpoint, Rejection };
