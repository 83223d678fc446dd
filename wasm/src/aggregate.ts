import { bytesOf, ndjson } from "./bytes.ts";
import type { Core } from "./core.ts";
import { Handle } from "./handle.ts";
import type { Objects } from "./objects.ts";
import type { AggregateName, Command, Context, ContextTypes, Event, Events, Verdict } from "./types.ts";

type FactsOf<C extends ContextTypes, A> = A extends keyof C["facts"] ? C["facts"][A] : object;

/** The state of one stream, kept inside the module, and the rules that ask it. */
export class Aggregate<C extends ContextTypes, A extends AggregateName<C>> extends Handle {
  readonly stream: string;
  readonly #objects: Objects;

  /** @internal Opened by `Domain.open` and `Domain.restore`. */
  constructor(core: Core, number: number, stream: string, objects: Objects) {
    super(core, number, stream);
    this.stream = stream;
    this.#objects = objects;
  }

  /** How many events have been folded: the version of the stream, 0 where nothing has happened. */
  get version(): number {
    return this.core.version(this.number);
  }

  /** The claims that the stream holds, such as `channel-name:general`. */
  get claims(): readonly string[] {
    this.core.need(this.core.one("claims", this.number));
    return JSON.parse(this.core.answerText());
  }

  /**
   * May this person read the stream as it is now, and the views that are for its readers? A rule of the aggregate; what
   * is no id is nobody's. Ask it of a stream that is folded to its end: an empty one knows no members.
   */
  admits(actorId: string): boolean {
    const handle = this.number;
    const actor = bytesOf(actorId);
    this.core.put(actor);
    this.core.need(this.core.two("admits", handle, actor.length));
    return this.core.answerText() === "true";
  }

  /**
   * Folds stored events: the next ones of this stream, in order.
   *
   * @throws CrowbarError `version_gap`, `foreign_stream`, `event_unknown`, or a fault of the text, with the line in
   *   `params.line`. The events before that line have been folded; `version` says how far it came.
   */
  fold(events: Events): void {
    this.core.lines("fold", this.number, ndjson(events));
  }

  /** Decides a command on the state as it is, which stays as it is. */
  decide(command: Command<C, A>, context: Context<FactsOf<C, A>>): Verdict<C, A> {
    const verdict = this.#objects.decide(this.number, command, context);
    if (verdict !== undefined) return verdict as Verdict<C, A>;
    return JSON.parse(this.decideText(JSON.stringify(command) ?? "", JSON.stringify(context) ?? ""));
  }

  /** Decides a command, JSON text to canonical JSON text. */
  decideText(command: string, context: string): string {
    return this.core.decideText(this.number, command, context);
  }

  /** Decides a command, bytes to canonical bytes. In Node short answers share a buffer. */
  decideBytes(command: Uint8Array, context: Uint8Array): Uint8Array {
    const handle = this.number;
    this.core.put(command, context);
    this.core.decide(handle, command.length, context.length);
    return this.core.answerBytes();
  }

  /**
   * Decides commands (NDJSON), each on the state that the accepted ones before it have left; the state keeps them.
   * Answers a verdict a line.
   *
   * @throws CrowbarError where the context is malformed.
   */
  decideMany(commands: Uint8Array, context: Uint8Array): Uint8Array {
    const handle = this.number;
    this.core.put(commands, context);
    this.core.forgetContext();
    this.core.need(this.core.three("decideMany", handle, commands.length, context.length));
    return this.core.answerBytes();
  }

  /** Folds the events of an accepted verdict. A refused one is an error (`not_a_verdict`). */
  evolve(verdict: Verdict<C, A> | Uint8Array): void {
    const handle = this.number;
    const bytes = verdict instanceof Uint8Array ? verdict : bytesOf(JSON.stringify(verdict));
    this.core.put(bytes);
    this.core.need(this.core.two("apply", handle, bytes.length));
  }

  /** The keys of the views that an event touches, exactly, once this aggregate has folded it. */
  viewKeysOf(event: Event<C, A> | Uint8Array): readonly string[] {
    const handle = this.number;
    const bytes = event instanceof Uint8Array ? event : bytesOf(JSON.stringify(event));
    this.core.put(bytes);
    this.core.need(this.core.two("viewKeys", handle, bytes.length));
    return JSON.parse(this.core.answerText());
  }

  /** The whole state as bytes, for `Domain.restore` of a module with the same hash. */
  snapshot(): Uint8Array {
    this.core.need(this.core.one("snapshot", this.number));
    return this.core.answerBytes();
  }
}
