import type {
  Accepted,
  Actor,
  AggregateName,
  Checkpoint,
  Command,
  ContextTypes,
  Domain,
  Event,
  Verdict,
  ViewData,
} from "@crowbar/domain";

/** Something that changes: `get` answers the same object until it has changed, and only then are listeners called. */
export interface Watched<T> {
  get(): T;
  /** Calls back after each change; answers how to stop. What is watched is loaded while somebody listens. */
  subscribe(listener: () => void): () => void;
}

export interface ClientOptions<C extends ContextTypes> {
  /** The rules. */
  readonly domain: Domain<C>;
  /**
   * Loads the rules of that hash, where the server decides with others by now. Where it rejects it is asked again later, and
   * nothing is sent until then; without it, or where it gives others, the person has to reload.
   */
  readonly loadDomain?: (hash: string) => Promise<Domain<C>>;
  /** Where `/commands`, `/streams`, `/views` and `/positions` are: `https://chat.example`. */
  readonly baseUrl: string;
  /**
   * The access token, or how to get it. It is asked before each request, and once more with `refresh` after a 401; undefined
   * where nobody is signed in now: what waits is kept.
   */
  readonly token: string | ((how: { readonly refresh: boolean }) => Promise<string | undefined> | string | undefined);
  /** Who that is: they own the outbox. Without it the token's `sub`. */
  readonly actor?: Actor;
  /** In place of the host's own `fetch`. */
  readonly fetch?: typeof fetch;
  /** Waits between tries are a random part of what doubles from `firstMs` (500) up to `mostMs` (30,000). */
  readonly retry?: { readonly firstMs: number; readonly mostMs: number };
}

/** The device has no room for a command: it is not sent, and its effect is taken back. */
export class OutboxFull extends Error {
  override readonly name = "OutboxFull";
}

/** A stream, folded here as far as it is known, with this person's commands that wait on top. */
export interface AggregateNow<C extends ContextTypes, A extends AggregateName<C>> {
  readonly stream: string;
  /** `loading`: nothing is known yet · `hidden`: this person may not read it, or there is none · `ready`. */
  readonly state: "loading" | "hidden" | "ready";
  /** Of the log, as far as it is known here; what waits comes on top. */
  readonly version: number;
  /** Commands of this stream that wait for the server. */
  readonly waiting: number;
  /** What the rules would say now, and nothing is sent. Undefined unless `ready`. */
  readonly decide: (command: CommandBody<C, A>) => Verdict<C, A> | undefined;
}

/** A view as the server has it, with every event on top that is known here already. */
export interface ViewNow<Data> {
  readonly key: string;
  /** `missing`: there is none (yet) · `hidden`: this person may not read it · `unavailable`: it could not be loaded, and will be tried again. */
  readonly state: "loading" | "ready" | "missing" | "hidden" | "unavailable";
  /** Absent unless it was loaded, or is made of what waits alone. */
  readonly data?: Data;
  readonly checkpoint?: Checkpoint;
  /** Was part of it not said by the server yet? */
  readonly optimistic: boolean;
  /** Is it from the device's cache, with no answer of the server yet? */
  readonly cached: boolean;
}

/** A command without what the client makes: its id. */
export type CommandBody<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> =
  Command<C, A> extends infer K ? (K extends unknown ? Omit<K, "id" | "expectedVersion"> : never) : never;

/** The types of the commands of one aggregate, or of all. */
export type CommandType<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> = A extends unknown
  ? keyof C["commands"][A] & string
  : never;
/** The aggregate that takes commands of a type. */
export type AggregateOf<C extends ContextTypes, T> = T extends unknown
  ? { [A in AggregateName<C>]: T extends keyof C["commands"][A] ? A : never }[AggregateName<C>]
  : never;
/** A command of one type. */
export interface BodyOf<C extends ContextTypes, T extends CommandType<C>> {
  readonly stream: string;
  readonly type: T;
  readonly data: T extends unknown
    ? C["commands"][AggregateOf<C, T>][T & keyof C["commands"][AggregateOf<C, T>]]
    : never;
}

export interface SendOptions {
  /**
   * Nothing has happened in the stream yet, as its sender knows: its id was made here a moment ago. Nobody may read such a
   * stream, so the client cannot know; with this a rule's no is said at once, and nothing is sent.
   */
  readonly first?: boolean;
}

/**
 * What became of a command in the same moment. `refused`: a rule said no, nothing is sent. `waiting`: it is applied and in
 * the outbox. `undecided`: the stream cannot be read here, so only the server can say; it is in the outbox.
 */
export interface Sent<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> {
  readonly id: string;
  readonly state: "refused" | "waiting" | "undecided";
  /** Absent where it is undecided. */
  readonly verdict?: Verdict<C, A>;
  /** Resolves when it is on this device for good (survives a crash); rejects with `OutboxFull` where there is no room: then it is taken back. */
  readonly kept: Promise<void>;
  /** Resolves with the server's word, however long that takes: never rejects while the client is open. */
  readonly settled: Promise<Settled<C, A>>;
}
export type Settled<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> =
  | { readonly state: "accepted"; readonly verdict: Accepted<C, A> }
  | { readonly state: "rejected"; readonly rejected: Rejected<C, A> }
  | { readonly state: "discarded" };

/** A command that waits for the server. */
export interface Waiting<C extends ContextTypes> {
  readonly command: Command<C>;
  /** When it was made, in ms since 1970. */
  readonly since: number;
  readonly sending: boolean;
  readonly decided: boolean;
}

/** A command that ended with a no after it had been taken for a yes; it stays until the person has said what to do. */
export interface Rejected<C extends ContextTypes, A extends AggregateName<C> = AggregateName<C>> {
  readonly command: Command<C, A>;
  readonly code: string;
  readonly message: string;
  readonly params?: { readonly [name: string]: string | number };
  /** Who said so: the rules here on what has happened since, or the server. */
  readonly by: "here" | "server";
  readonly since: number;
}

export interface SyncStatus {
  /** `signed_out`: there is no token · `outdated`: these rules are not known to the server any more: reload, what waits is kept. */
  readonly state: "online" | "connecting" | "offline" | "signed_out" | "outdated";
  readonly waiting: number;
  readonly rejected: number;
  /** Is this the tab that sends? */
  readonly leader: boolean;
  /** Hash of the rules here, and of those of the server, where it has said. */
  readonly domain: string;
  readonly serverDomain?: string;
  /** How news arrives: by push, or by asking from time to time. */
  readonly news: "push" | "polling" | "none";
  /** When it will be tried again, in ms since 1970. */
  readonly retryAt?: number;
  /** What is wrong with keeping things on this device, in words. */
  readonly storage?: string;
}

/** A command that the server has decided, as it remembers it for ever. */
export interface DecidedCommand<C extends ContextTypes, A extends AggregateName<C>> {
  /** As its sender has sent it: what came of it may be otherwise, as a text that is trimmed. */
  readonly command: Command<C, A>;
  /** Who has sent it, and when it was decided, in ms since 1970. */
  readonly context: { readonly at: number; readonly actor: Actor };
  readonly verdict: Verdict<C, A>;
  /** The version of the stream upon which it was decided. */
  readonly decidedAt: number;
}

/** A stream's whole history, to look back. */
export interface History<C extends ContextTypes, A extends AggregateName<C>> {
  readonly stream: string;
  readonly events: readonly Event<C, A>[];
  /** A view as it was after that version; made of this stream alone. */
  viewAt<const K extends string>(key: K, version: number): { readonly data?: ViewData<C, K> };
  /** What the rules would have said at that moment. Nothing is sent. */
  decideAt(version: number, command: CommandBody<C, A>): Verdict<C, A>;
  /**
   * The command behind the event of that version. It is asked for once, as long as the signal that the history was read with lets it;
   * the answer is the same promise each time. Rejects with `Unanswered` where it cannot be asked for now: then the next call asks
   * again; with RangeError where there is none, or where it is not for this person any more.
   */
  commandOf(version: number): Promise<DecidedCommand<C, A>>;
  /** The claims that the stream held then. */
  claimsAt(version: number): readonly string[];
  close(): void;
}

export interface Client<C extends ContextTypes> {
  readonly actor: Actor;
  aggregate<A extends AggregateName<C>>(name: A, id: string): Watched<AggregateNow<C, A>>;
  view<const K extends string>(key: K): Watched<ViewNow<ViewData<C, K>>>;
  /** Decides in the module at once. What comes back is narrowed by the command's type. */
  send<const T extends CommandType<C>>(command: BodyOf<C, T>, how?: SendOptions): Sent<C, AggregateOf<C, T>>;
  readonly waiting: Watched<readonly Waiting<C>[]>;
  readonly rejected: Watched<readonly Rejected<C>[]>;
  /** Sends it anew under a new id, with other data where some is given. */
  retry(id: string, data?: object, how?: SendOptions): Sent<C>;
  discard(id: string): Promise<void>;
  readonly status: Watched<SyncStatus>;
  history<A extends AggregateName<C>>(name: A, id: string, signal?: AbortSignal): Promise<History<C, A>>;
  /** Ends what runs; what waits is kept for the next time. */
  close(): Promise<void>;
}
