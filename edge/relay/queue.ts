/** One event for one view. */
export interface EventMessage {
  /** The view's key. Messages of a group are delivered in order, one batch at a time. */
  readonly group: string;
  readonly stream: string;
  readonly version: number;
  /**
   * Nothing in the stream after this version and before `version` touches the view. So a view that has heard it goes on
   * with this event, and one that has not has missed something, which the log has.
   */
  readonly after: number;
  /** Its place in the log. */
  readonly position: number;
  /** The event's canonical bytes. */
  readonly event: Uint8Array;
}

/** Says that a view may lack events of a stream, from `version` on: whatever they are, they are to be had from the log. */
export interface CatchUp {
  readonly group: string;
  readonly stream: string;
  readonly version: number;
  readonly event?: never;
}

export type Message = EventMessage | CatchUp;

/** Messages of one group, in order, held by one receiver until it answers or `visibilityMs` has passed. */
export interface Delivery {
  readonly receipt: string;
  readonly group: string;
  readonly messages: readonly Message[];
  /** How often the first of them has been delivered, this time included. */
  readonly attempt: number;
}

/** A stream that is halted for a view until a person has looked. */
export interface DeadLetter {
  readonly group: string;
  readonly stream: string;
  /** The event that could not be read or projected. */
  readonly version: number;
  readonly reason: string;
  /** How many messages were put aside for it since this process began, and at least one. */
  readonly waiting: number;
}

/**
 * The port to a queue with first-in-first-out groups. Everything is delivered at least once. Whatever answers a delivery
 * whose time has passed changes nothing.
 */
export interface Queue {
  /**
   * Resolves when the queue has taken the messages over; waits as long as it has no room for more, and rejects with the
   * signal's reason when that is aborted meanwhile. A catch-up is taken at once: there is at most one for a view and a
   * stream.
   */
  publish(messages: readonly Message[], signal?: AbortSignal): Promise<void>;
  /** The next messages of a group that nobody holds; undefined when the signal is aborted before there are any. */
  receive(options: {
    readonly max: number;
    readonly visibilityMs: number;
    readonly signal: AbortSignal;
  }): Promise<Delivery | undefined>;
  /** Done: they will not come again. */
  acknowledge(delivery: Delivery): Promise<void>;
  /** Not now: they come again, in the same order, after `delayMs`. */
  release(delivery: Delivery, delayMs: number): Promise<void>;
  /**
   * Halts a stream for this group at `version`, durably: that message is put aside, and with it all that come later of
   * the stream. Those before it are done, those of other streams come again. What is put aside is not kept: the log has it.
   */
  park(delivery: Delivery, stream: string, version: number, reason: string): Promise<void>;
  /** What is halted. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Lets the halted streams of one group, or of all, go on: with a catch-up each. Answers how many. */
  redrive(group?: string): Promise<number>;
  /** Messages that are not done: waiting or held, without those put aside. */
  depth(): Promise<number>;
  /**
   * Only a queue that forgets when its process ends has this: the lowest position of what was published and is neither
   * done nor put aside; undefined where there is none. The relay begins there again. A queue without it is durable.
   */
  unsettled?(): number | undefined;
  /** Nothing is taken or delivered any more. Whoever waits to publish is refused with `QueueClosed`. */
  close(): Promise<void>;
}

/** The queue takes nothing any more: its process is ending. */
export class QueueClosed extends Error {
  override readonly name = "QueueClosed";
}

export function isCatchUp(message: Message): message is CatchUp {
  return message.event === undefined;
}
