import { CoreUnavailable } from "@crowbar/domain";
import type { Aggregate } from "../domain.ts";
import { type Refusal, refuse } from "../outcome/refusal.ts";
import { type AppendResult, StoreDamaged } from "../store/event_store.ts";
import type { Reply } from "./commands.ts";
import type { Parts, Pending } from "./pending.ts";
import { circumstances } from "./received.ts";
import { readVerdict } from "./verdict.ts";

/** How often a command is decided again because somebody else was faster. */
const tries = 8;

/** A command, decided on the state that those before it leave if the store takes them. */
interface Attempt {
  readonly pending: Pending;
  readonly reply: Reply;
  readonly decidedAt: number;
  /** How many events of it the state in memory holds. */
  readonly events: number;
  /** Absent where nothing is remembered: it was malformed, or expected another version. */
  readonly stored?: Promise<AppendResult>;
}

/** Commands of one stream, decided one upon the other, and appended without waiting for each other. */
export class Batch {
  readonly #parts: Parts;
  readonly #aggregate: Aggregate;
  readonly #attempts: Attempt[] = [];
  /** What the store holds, as far as is known. */
  #committed: number;
  /** The command that was decided last, if nothing has gone wrong since; the next one is decided upon it. */
  #last: string | undefined;
  /** Does the state in memory hold what the store holds, and nothing else? */
  #clean = true;
  readonly #again: Pending[] = [];
  /** The refusal of a command whose client has to load today's module first, if there was one. */
  upgraded: Refusal | undefined;

  constructor(parts: Parts, aggregate: Aggregate) {
    this.#parts = parts;
    this.#aggregate = aggregate;
    this.#committed = aggregate.version;
  }

  /** Answers every command, save those that have to be decided once more, and whether the state can be kept. */
  async decide(batch: readonly Pending[]): Promise<{ readonly clean: boolean; readonly again: readonly Pending[] }> {
    const known = await Promise.all(batch.map(({ received }) => this.#parts.store.decided(received.id)));
    for (const [index, pending] of batch.entries()) {
      const decided = known[index];
      if (decided !== undefined) pending.resolve(this.#parts.replies.again(pending, decided));
      else if (!this.#clean) this.#again.push(pending);
      else await this.#attempt(pending);
    }
    // Whatever is decided again comes before what was behind it.
    const behind = this.#again.splice(0);
    for (const attempt of this.#attempts) await this.#settle(attempt);
    return { clean: this.#clean, again: [...this.#again, ...behind] };
  }

  async #attempt(pending: Pending): Promise<void> {
    const { store, clock, replies, earlier } = this.#parts;
    const { submission, received } = pending;
    const { command, actor } = submission;
    const decidedAt = this.#aggregate.version;
    const context = circumstances(submission.at ?? clock.now(), actor, pending.claimed);
    try {
      const bytes = this.#aggregate.decideBytes(command, context);
      const verdict = readVerdict(bytes, decidedAt);
      const reply = replies.of(pending, bytes, verdict);
      const differs = await earlier?.differs(submission, received.stream, decidedAt, context, bytes);
      if (differs) {
        this.upgraded = differs;
        return pending.resolve({ kind: "refused", refusal: differs });
      }
      if (!replies.isJudged(verdict)) {
        this.#attempts.push({ pending, reply, decidedAt, events: 0 });
        return;
      }
      const { events, claims } = verdict.accepted ? verdict : { events: [], claims: [] };
      if (events.length > 0) this.#aggregate.evolve(bytes);
      const { id, digest, stream } = received;
      const decided = { id, actor: actor.id, digest, stream, decidedAt, command, context, verdict: bytes };
      const stored = store.append({ decided, events, claims, ...(this.#last !== undefined && { upon: this.#last }) });
      this.#last = id;
      stored.catch(() => {}); // it is awaited in its turn
      this.#attempts.push({ pending, reply, decidedAt, events: events.length, stored });
    } catch (error) {
      this.#fail(pending, error);
    }
  }

  // The instance of the module is gone, and the state with it: once more, unless it was this command that broke it.
  #fail(pending: Pending, error: unknown): void {
    this.#clean = false;
    pending.overtaken += 1;
    if (error instanceof CoreUnavailable && pending.overtaken < 2) this.#again.push(pending);
    else this.#refuse(pending, error);
  }

  #refuse(pending: Pending, error: unknown): void {
    pending.resolve({ kind: "refused", refusal: this.#parts.replies.refusalOf(error) });
  }

  async #settle(attempt: Attempt): Promise<void> {
    const { pending, reply, decidedAt, events } = attempt;
    let result: AppendResult | undefined;
    try {
      result = await attempt.stored;
    } catch (error) {
      if (events > 0) this.#clean = false;
      return this.#refuse(pending, error);
    }
    if (result?.kind === "appended") {
      this.#committed = decidedAt + events;
      return pending.resolve(reply);
    }
    // Nothing of it is stored; it was judged on what was meant to be there before it.
    const stands = decidedAt === this.#committed;
    if (result === undefined) return stands ? pending.resolve(reply) : this.#repeat(pending);
    if (events > 0) this.#clean = false;
    if (result.kind === "known") return pending.resolve(this.#parts.replies.again(pending, result.decided));
    if (result.kind === "claimed") return this.#decideWithFact(pending, result.key);
    this.#overtaken(pending, result.version);
  }

  #decideWithFact(pending: Pending, key: string): void {
    if (!pending.claimed.includes(key)) {
      pending.claimed.push(key);
      this.#again.push(pending);
      return;
    }
    this.#refuse(
      pending,
      new Error(`A rule takes ${key} for ${pending.received.stream} though it knows who holds it.`),
    );
  }

  #overtaken(pending: Pending, version: number): void {
    this.#clean = false;
    const { stream } = pending.received;
    if (version < this.#committed) {
      const message = `${stream} was at ${this.#committed} and is at ${version}: the log has lost events.`;
      this.#refuse(pending, new StoreDamaged(`stream ${stream}`, message));
      return;
    }
    // A stream that is where we left it moved for nobody: a command before this one was not taken.
    if (version !== this.#committed) pending.overtaken += 1;
    this.#repeat(pending);
  }

  #repeat(pending: Pending): void {
    if (pending.overtaken < tries) {
      this.#again.push(pending);
      return;
    }
    const refusal = refuse("stream_busy", { name: pending.received.stream, limit: tries });
    pending.resolve({ kind: "refused", refusal });
  }
}
