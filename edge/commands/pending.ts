import type { Clock } from "../context/clock.ts";
import type { EventStore } from "../store/event_store.ts";
import type { Reply, Submission } from "./commands.ts";
import type { Earlier } from "./earlier.ts";
import type { Received } from "./received.ts";
import type { Replies } from "./replies.ts";
import type { Streams } from "./streams.ts";

/** A command that waits for its outcome. */
export interface Pending {
  readonly submission: Submission;
  readonly received: Received;
  readonly resolve: (reply: Reply) => void;
  /** Keys that the store would not give it: a fact for deciding it again. */
  readonly claimed: string[];
  /** How often somebody else was faster. */
  overtaken: number;
}

/** What deciding needs around it. */
export interface Parts {
  readonly store: EventStore;
  readonly streams: Streams;
  readonly clock: Clock;
  readonly replies: Replies;
  /** The module before this one, for clients that still decide with it. */
  readonly earlier: Earlier | undefined;
}
