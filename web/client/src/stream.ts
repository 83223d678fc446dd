import type {
  Accepted,
  Aggregate,
  AggregateName,
  ContextTypes,
  Event,
  Refused,
  Rejection,
  Verdict,
} from "@crowbar/domain";
import { nobodysId } from "./command_ids.ts";
import { isForeseen, landedIn, waitingLine } from "./foreseen.ts";
import { bytesOf, lastLines, linesOf, withoutLines } from "./ndjson.ts";
import { inOrder, type Line, type Pending } from "./pending.ts";
import { mostRecent, Recents } from "./recents.ts";
import { refusedBy } from "./refused_by.ts";
import type { AggregateNow, CommandBody } from "./types.ts";
import { Source } from "./watched.ts";
import type { World } from "./world.ts";

/** A stream as it is known here: `base` is the log, `ahead` has this person's waiting commands on top. */
export class Stream<C extends ContextTypes> {
  readonly name: string;
  readonly aggregate: AggregateName<C>;
  readonly source: Source<AggregateNow<C, AggregateName<C>>>;
  state: "loading" | "hidden" | "ready" = "loading";
  pending: readonly Pending<C>[] = [];
  readonly recents = new Recents();
  /** When the server has said last that it is not to be read. */
  hiddenAt = 0;
  /** What waits was decided on a log that has to be folded anew first. */
  stale = false;
  readonly #world: World<C>;
  #base: Aggregate<C, AggregateName<C>> | undefined;
  #ahead: Aggregate<C, AggregateName<C>> | undefined;
  #changed = false;

  constructor(name: string, world: World<C>, onActive: (stream: Stream<C>) => void) {
    this.name = name;
    this.aggregate = name.slice(0, name.indexOf("-")) as AggregateName<C>;
    this.#world = world;
    this.source = new Source(this.#now(), () => onActive(this));
  }

  /** Does somebody look at it, or wait for it? */
  get active(): boolean {
    return this.source.watched || this.pending.length > 0;
  }

  /** Of the log, as far as it is known here. */
  get version(): number {
    return this.#safely(() => this.#base?.version) ?? 0;
  }

  /** Every event of the log after this version, as far as it is known here, is among the recent ones. */
  get knownAfter(): number {
    return (this.recents.first ?? this.version + 1) - 1;
  }

  readonly hasBase = (): boolean => this.#base !== undefined;

  /** What the rules say to a command on top of all that waits; undefined where they cannot know. */
  readonly decide = (body: CommandBody<C>): Verdict<C> | undefined => {
    const verdict = this.#verdictOn({ ...body, id: nobodysId }, Date.now());
    return verdict?.accepted || this.#counts(verdict) ? verdict : undefined;
  };

  /**
   * Puts a command on top, in its order. Answers what the rules say: a no that counts leaves a new one out, and ends one that
   * waits already.
   */
  add(pending: Pending<C>, isNew: boolean): Verdict<C> | undefined {
    const last = this.pending.at(-1);
    if (last !== undefined && last.id > pending.id) {
      this.pending = [...this.pending, pending].sort(inOrder);
      this.rebase();
      return undefined;
    }
    const verdict = this.#apply(pending);
    this.#changed = true;
    const isRefused = !pending.tried && this.#counts(verdict, pending.first);
    if (isRefused && isNew) return verdict;
    this.pending = [...this.pending, pending];
    if (isRefused) this.#world.onRefused(pending, (verdict as Refused<C>).rejection);
    return verdict;
  }

  remove(pending: Pending<C>): void {
    this.pending = this.pending.filter((each) => each !== pending);
    this.#changed = true;
    if (pending.lines.length > 0) this.rebase();
  }

  /** The server has said yes. */
  accepted(pending: Pending<C>, verdict: Accepted<C>): void {
    pending.verdict = verdict;
    this.#changed = true;
    const { events, version } = verdict;
    const isNext = events.length > 0 && version - events.length === this.version;
    try {
      if (isNext) this.advance(bytesOf(events.map((event) => JSON.stringify(event)).join("\n")));
    } catch {} // Rules of tomorrow have made an event that these do not know: it is found in the log.
    this.#dropAnswered();
  }

  /** The events of the log after `from`; those that are known already are passed by. @throws CrowbarError as `fold` does. */
  advance(bytes: Uint8Array, from = this.version): void {
    const fresh = withoutLines(bytes, this.version - from);
    if (fresh.length === 0) return;
    const wasReady = this.state === "ready";
    const { version: before } = this;
    const lines = linesOf(this.pending.length > 0 ? fresh : lastLines(fresh, mostRecent));
    const isQuiet = this.pending.every((each) => each.landed);
    const landed = landedIn(lines, this.pending);
    const isAhead = isQuiet || isForeseen(lines, landed, this.pending);
    const version = this.#safely(() => {
      this.#base ??= this.#world.domain.open(this.aggregate, this.name);
      this.#base.fold(fresh);
      if (isQuiet) this.#ahead?.fold(fresh);
      return this.#base.version;
    });
    if (version === undefined) return;
    this.recents.add(lines, version, before);
    for (const each of landed) Object.assign(each, { landed: true, lines: [] });
    this.state = "ready";
    this.#changed = true;
    if (!isAhead || this.stale) this.rebase();
    this.#dropAnswered();
    if (!wasReady) this.#world.onAccess(this);
    if (this.#safely(() => this.#base?.admits(this.#world.actor.id)) === false) this.#world.onShut(this);
  }

  /** Events before those that are kept, for a view that has not heard them. */
  prepend(bytes: Uint8Array, after: number): void {
    this.recents.prepend(linesOf(bytes), after, this.version);
  }

  /** From a snapshot. Answers whether this module can read it. */
  restore(snapshot: Uint8Array): boolean {
    try {
      this.#base = this.#world.domain.restore(snapshot);
    } catch {
      return false;
    }
    this.state = "ready";
    this.rebase();
    return true;
  }

  /** So that the first command does not wait for it. */
  prepare(): void {
    this.#safely(() => {
      this.#ahead ??= this.#opened();
    });
  }

  snapshot(): Uint8Array | undefined {
    return this.#safely(() => this.#base?.snapshot());
  }

  /** This person may not read it, or there is none. */
  hide(): void {
    const wasReady = this.state === "ready";
    for (const line of this.recents.all) this.#keysOf(line);
    this.#base?.close();
    this.#base = undefined;
    this.hiddenAt = Date.now();
    this.state = "hidden";
    this.pending = this.pending.filter((each) => each.verdict === undefined);
    this.rebase();
    if (wasReady) this.#world.onAccess(this);
  }

  /** All that was folded is gone, with the module or by its choice; what is shown stays until it is folded anew. */
  reset(): void {
    this.#base?.close();
    this.#ahead?.close();
    this.#base = this.#ahead = undefined;
    if (this.state === "ready") this.state = "loading";
    this.stale = true;
  }

  /** Decides everything that waits again, on the log as it is known now. */
  rebase(): void {
    this.#changed = true;
    this.stale = false;
    this.#ahead?.close();
    this.#ahead = undefined;
    const refused: [Pending<C>, Rejection][] = [];
    for (const pending of this.pending) {
      if (pending.landed) continue;
      const verdict = this.#apply(pending);
      if (this.#counts(verdict, pending.first) && !pending.tried && pending.verdict === undefined)
        refused.push([pending, (verdict as Refused<C>).rejection]);
    }
    for (const [pending, rejection] of refused) this.#world.onRefused(pending, rejection);
  }

  /** What a view has not heard yet: of the log after `heard`, then of what waits. */
  unheard(key: string, heard: number): readonly Line[] {
    const log = this.recents.after(heard).filter((line) => this.#keysOf(line).includes(key));
    const waiting = this.pending.flatMap(({ lines }) => lines.filter(({ keys }) => keys?.includes(key)));
    // Of a stream that cannot be read the view knows better: what is in it is in it.
    if (this.state === "hidden" && heard > 0) return log;
    return [...log, ...waiting];
  }

  /** Tells those who watch, where something has changed. */
  publish(): void {
    if (!this.#changed || this.stale) return;
    this.#changed = false;
    this.source.set(this.#now());
  }

  #now(): AggregateNow<C, AggregateName<C>> {
    const state = this.state !== "ready" && this.#isBelieved() ? "ready" : this.state;
    const waiting = this.pending.filter((each) => each.verdict === undefined).length;
    return { stream: this.name, state, version: this.version, waiting, decide: this.decide };
  }

  /** Is it a no that counts? What is malformed is so on any stream. */
  #counts(verdict: Verdict<C> | undefined, isFirst = false): boolean {
    if (verdict === undefined || verdict.accepted) return false;
    const { code } = verdict.rejection;
    return isFirst || this.#isBelieved() || this.#world.domain.describe().faults.some((fault) => fault.code === code);
  }

  /** Are the rules' words worth something here? Of a stream that is not known they know too little. */
  #isBelieved(): boolean {
    return this.state === "ready" || (this.#safely(() => this.#ahead?.version) ?? 0) > 0;
  }

  #apply(pending: Pending<C>): Verdict<C> | undefined {
    pending.lines = [];
    pending.decided = false;
    if (pending.poison) return undefined;
    // An instance that is gone already went for another reason.
    this.#safely(() => this.#ahead?.version);
    pending.poison = true;
    const verdict = this.#verdictOn(pending.command, pending.entry.at);
    if (verdict === undefined) return undefined;
    pending.poison = false;
    if (!verdict.accepted) return verdict;
    pending.decided = true;
    this.#safely(() => {
      const ahead = this.#ahead as Aggregate<C, AggregateName<C>>;
      if (verdict.events.length > 0) ahead.evolve(verdict as Verdict<C, AggregateName<C>>);
      pending.lines = verdict.events.map((event) => waitingLine(event as Event<C>, ahead));
    });
    return verdict;
  }

  #verdictOn(command: object, at: number): Verdict<C> | undefined {
    return this.#safely(() => {
      const context = { at, actor: this.#world.actor };
      try {
        this.#ahead ??= this.#opened();
        return this.#ahead.decide(command as never, context as never) as Verdict<C>;
      } catch (error) {
        return refusedBy(error);
      }
    });
  }

  #opened(): Aggregate<C, AggregateName<C>> {
    const { domain } = this.#world;
    const base = this.#base;
    return base === undefined ? domain.open(this.aggregate, this.name) : domain.restore(base.snapshot());
  }

  #keysOf(line: Line): readonly string[] {
    try {
      line.keys ??= this.#safely(() => (this.#base ?? this.#ahead)?.viewKeysOf(bytesOf(line.text))) ?? [];
    } catch {
      // The module does not know the event: neither does any view of it.
    }
    return line.keys ?? [];
  }

  /** Those that the server has accepted and the log here has by now are done. */
  #dropAnswered(): void {
    const { version } = this;
    const done = this.pending.filter(({ verdict }) => verdict !== undefined && verdict.version <= version);
    if (done.length === 0) return;
    this.pending = this.pending.filter((each) => !done.includes(each));
    if (done.some(({ lines }) => lines.length > 0)) this.rebase();
  }

  /** Undefined where the instance of the module has stopped: all that was open in it is folded anew. */
  #safely<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== "core_unavailable") throw error;
      this.reset();
      this.#world.onLost(this);
      return undefined;
    }
  }
}
