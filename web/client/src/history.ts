import type { Actor, Aggregate, AggregateName, ContextTypes, Domain, Event } from "@crowbar/domain";
import { type Api, Unanswered } from "./api.ts";
import { nobodysId } from "./command_ids.ts";
import { textOf } from "./ndjson.ts";
import type { DecidedCommand, History } from "./types.ts";

const mostEvents = 10_000;
/** Between two versions of a view that are remembered lie so many events: they are projected in well under a frame. */
const step = 2_000;
/** The same of a state, whose snapshot is larger. */
const stateStep = 20_000;

/** Asks for something of the stream. */
type Read = (what: string) => Promise<Response>;

/** Reads a stream from its first event. @throws Unanswered where it cannot be read now; RangeError where it may not be. */
export async function readHistory<C extends ContextTypes, A extends AggregateName<C>>(
  { api, domain, actor }: { readonly api: Api; readonly domain: Domain<C>; readonly actor: Actor },
  aggregate: A,
  stream: string,
  signal: AbortSignal,
): Promise<History<C, A>> {
  const parts: Uint8Array[] = [];
  const events: Event<C, A>[] = [];
  const read = async (what: string) => {
    const answer = await api.ask(`/streams/${encodeURIComponent(stream)}/${what}`, { signal });
    if (answer.status === 403 || answer.status === 404) throw new RangeError(`${stream} cannot be read here.`);
    // Whatever else answers with 200 on the way is not the server.
    if (answer.status !== 200 || !answer.headers.get("crowbar-domain")) throw new Unanswered("That is no answer.");
    return answer;
  };
  for (let after = 0; ; ) {
    const answer = await read(`events?after=${after}`);
    const reached = Number(answer.headers.get("crowbar-version"));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // Part by part, so that nothing else stands still for long.
    if (bytes.length > 0)
      events.push(...(JSON.parse(`[${textOf(bytes).trim().replaceAll("\n", ",")}]`) as Event<C, A>[]));
    parts.push(bytes);
    if (reached - after < mostEvents) break;
    after = reached;
  }
  return new ReadHistory(domain, actor, aggregate, stream, parts, events, read);
}

class ReadHistory<C extends ContextTypes, A extends AggregateName<C>> implements History<C, A> {
  readonly stream: string;
  readonly events: readonly Event<C, A>[];
  readonly #domain: Domain<C>;
  readonly #actor: Actor;
  readonly #aggregate: A;
  readonly #read: Read;
  readonly #bytes: Uint8Array;
  /** Where the event of each version ends. */
  readonly #ends: number[] = [0];
  /** Snapshots of the state by version. */
  readonly #states = new Map<number, Uint8Array>();
  /** What was asked for, by the id of the command. */
  readonly #commands = new Map<string, Promise<DecidedCommand<C, A>>>();
  /** Bytes of views by version, by key. */
  readonly #views = new Map<string, Map<number, Uint8Array>>();

  constructor(
    domain: Domain<C>,
    actor: Actor,
    aggregate: A,
    stream: string,
    parts: readonly Uint8Array[],
    events: readonly Event<C, A>[],
    read: Read,
  ) {
    this.#domain = domain;
    this.#actor = actor;
    this.#aggregate = aggregate;
    this.stream = stream;
    this.#read = read;
    this.#bytes = joined(parts);
    for (let at = 0; at < this.#bytes.length; ) {
      const end = this.#bytes.indexOf(10, at);
      if (end > at) this.#ends.push(end + 1);
      at = end + 1;
    }
    this.events = events;
  }

  readonly viewAt: History<C, A>["viewAt"] = (key, version) => {
    const known = this.#views.get(key) ?? new Map<number, Uint8Array>();
    this.#views.set(key, known);
    const stored = known.get(nearest(known, version));
    const view = stored === undefined ? this.#domain.view<string>(key) : this.#domain.view(stored);
    try {
      for (let at = view.checkpoint[this.stream] ?? 0; at < version; ) {
        const to = Math.min(version, at - (at % step) + step);
        view.project(this.#between(at, to));
        at = to;
        // A page that has not begun does not say in its bytes how far it has heard.
        if (at % step === 0 && !known.has(at) && this.stream in view.checkpoint) known.set(at, view.bytes());
      }
      return view.toJSON() as never;
    } finally {
      view.close();
    }
  };

  readonly decideAt: History<C, A>["decideAt"] = (version, command) =>
    this.#at(version, (state) => {
      const at = this.events[version - 1]?.at ?? Date.now();
      return state.decide({ ...command, id: nobodysId } as never, { at, actor: this.#actor } as never);
    });

  readonly commandOf: History<C, A>["commandOf"] = (version) => {
    const id = this.events[version - 1]?.command;
    if (!id) return Promise.reject(new RangeError(`${this.stream} has no version ${version}.`));
    const asked = this.#commands.get(id) ?? this.#read(`commands/${id}`).then((answer) => answer.json());
    this.#commands.set(id, asked);
    asked.catch(() => this.#commands.delete(id));
    return asked;
  };

  readonly claimsAt = (version: number): readonly string[] => this.#at(version, (state) => state.claims);

  close(): void {
    this.#states.clear();
    this.#views.clear();
    this.#commands.clear();
  }

  #at<T>(version: number, ask: (state: Aggregate<C, A>) => T): T {
    let at = nearest(this.#states, version);
    const stored = this.#states.get(at);
    const state = stored ? this.#domain.restore<A>(stored) : this.#domain.open(this.#aggregate, this.stream);
    try {
      while (at < version) {
        const to = Math.min(version, at - (at % stateStep) + stateStep);
        state.fold(this.#between(at, to));
        at = to;
        if (at % stateStep === 0 && !this.#states.has(at)) this.#states.set(at, state.snapshot());
      }
      return ask(state);
    } finally {
      state.close();
    }
  }

  /** The events after one version, up to another. */
  #between(after: number, version: number): Uint8Array {
    const last = this.events.length;
    return this.#bytes.subarray(this.#ends[Math.min(after, last)], this.#ends[Math.min(version, last)]);
  }
}

/** The greatest version that is remembered and not beyond this one; 0 where none is. */
function nearest(known: ReadonlyMap<number, unknown>, version: number): number {
  let found = 0;
  for (const at of known.keys()) if (at <= version && at > found) found = at;
  return found;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  // A part may end without a newline.
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length + 1, 0)).fill(10);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length + 1;
  }
  return all;
}
