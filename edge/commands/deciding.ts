import type { Clock } from "../context/clock.ts";
import type { Actor, Aggregate, Domain } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { type EventStore, StoreUnavailable } from "../store/event_store.ts";
import type { Commands, Reply, Submission } from "./commands.ts";
import { decidedCommandBytes, isCommandId, mayBeSeen } from "./decided_command.ts";
import { Earlier } from "./earlier.ts";
import { Lane } from "./lane.ts";
import type { Parts } from "./pending.ts";
import { circumstances, type Received, receive } from "./received.ts";
import { Replies } from "./replies.ts";
import { Streams } from "./streams.ts";
import { readVerdict } from "./verdict.ts";

export interface DecidingOptions {
  readonly domain: Domain;
  readonly store: EventStore;
  readonly clock: Clock;
  /** The module before today's, for clients that still decide with it. */
  readonly previous?: Domain;
  /** Is told every error that is our own; its sender hears only that there was one. */
  readonly report?: (defect: unknown) => void;
}

/** Decides commands in the module and stores what comes of them. */
export class Deciding implements Commands {
  readonly #domain: Domain;
  readonly #parts: Parts;
  readonly #lanes = new Map<string, Lane>();
  /** By command id: what is on its way, so that a repetition waits for the same outcome. */
  readonly #underway = new Map<string, { received: Received; actor: string; reply: Promise<Reply> }>();

  constructor({ domain, store, clock, previous, report = () => {} }: DecidingOptions) {
    this.#domain = domain;
    const earlier = previous && new Earlier(new Streams(previous, store, 200), domain.hash);
    const replies = new Replies(domain.describe(), report);
    this.#parts = { store, clock, replies, earlier, streams: new Streams(domain, store) };
  }

  async submit(submission: Submission): Promise<Reply> {
    const { command, actor, domain } = submission;
    const known = domain === undefined || domain === this.#domain.hash || this.#parts.earlier?.serves(domain);
    if (!known) return { kind: "refused", refusal: refuse("domain_unknown", { actual: domain.slice(0, 64) }) };
    const received = receive(command);
    if (received === undefined) return this.#malformed(submission);
    const underway = this.#underway.get(received.id);
    if (underway !== undefined) {
      const same = underway.received.digest === received.digest && underway.actor === actor.id;
      return same ? underway.reply : this.#parts.replies.reused(received.id);
    }
    const { id: commandId, stream } = received;
    const reply = new Promise<Reply>((resolve) => {
      const answer = (reply: Reply) => resolve({ ...reply, stream, commandId });
      this.#enter(stream).add({ submission, received, resolve: answer, claimed: [], overtaken: 0 });
    });
    this.#underway.set(received.id, { received, actor: actor.id, reply });
    return reply.finally(() => this.#underway.delete(received.id));
  }

  events(stream: string, after: number, limit: number, actor: Actor) {
    return this.#readable(stream, actor, () => this.#parts.store.read(stream, after, limit));
  }

  decided(stream: string, commandId: string, actor: Actor): Promise<Uint8Array | Refusal> {
    return this.#readable(stream, actor, async () => {
      const decided = isCommandId(commandId) ? await this.#parts.store.decided(commandId) : undefined;
      if (decided !== undefined && mayBeSeen(decided, stream, actor.id)) return decidedCommandBytes(decided);
      return refuse("command_not_found", { name: commandId.slice(0, 40), stream });
    });
  }

  admits(stream: string, actor: Actor): Promise<boolean | Refusal> {
    return this.#ask(stream, (aggregate) => aggregate.version > 0 && aggregate.admits(actor.id));
  }

  /** Resolves when nothing is on its way any more. */
  async close(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all([...this.#underway.values()].map(({ reply }) => reply));
    this.#parts.streams.close();
    this.#parts.earlier?.close();
  }

  async #readable<T>(stream: string, actor: Actor, read: () => Promise<T>): Promise<T | Refusal> {
    const admitted = await this.admits(stream, actor);
    if (typeof admitted === "object") return admitted;
    try {
      if (admitted) return await read();
      const exists = (await this.#parts.store.head(stream)) > 0;
      return exists
        ? refuse("not_allowed", { actor: actor.id, name: stream })
        : refuse("stream_not_found", { name: stream });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return this.#parts.replies.refusalOf(error);
    }
  }

  #ask<T>(stream: string, question: (aggregate: Aggregate) => T): Promise<T | Refusal> {
    return this.#enter(stream).ask(question);
  }

  // A lane is there as long as something waits in it.
  #enter(stream: string): Lane {
    let lane = this.#lanes.get(stream);
    if (lane === undefined) {
      lane = new Lane(stream, this.#parts);
      this.#lanes.set(stream, lane);
      void lane.run(() => this.#lanes.delete(stream));
    }
    return lane;
  }

  // The module's words for what is no command at all: it refuses these on any stream, before it asks for the state.
  #malformed({ command, actor }: Submission): Reply {
    const [first] = this.#domain.describe().aggregates;
    try {
      using aggregate = this.#domain.open(first?.name ?? "", `${first?.name}-none`);
      const verdict = readVerdict(aggregate.decideBytes(command, circumstances(0, actor, [])), 0);
      if (!verdict.accepted) return this.#parts.replies.refused(verdict.rejection);
      throw new Error("A command without an id or a stream was accepted.");
    } catch (error) {
      return { kind: "refused", refusal: this.#parts.replies.refusalOf(error) };
    }
  }
}
