import type { Actor, ContextTypes, Domain, Rejection } from "@crowbar/domain";
import type { Pending } from "./pending.ts";
import type { Stream } from "./stream.ts";

/** What a stream needs of those around it. */
export interface World<C extends ContextTypes> {
  readonly domain: Domain<C>;
  readonly actor: Actor;
  /** A command that waits is refused by the rules here, and has not been sent. */
  onRefused(pending: Pending<C>, rejection: Rejection): void;
  /** It can be read now, or not any more. */
  onAccess(stream: Stream<C>): void;
  /** The log says that this person is not let in any more. */
  onShut(stream: Stream<C>): void;
  /** What was folded is gone. */
  onLost(stream: Stream<C>): void;
}
