import type { Random } from "../parity/random.ts";
import type { Outcome, Posted } from "./wire.ts";

/** Commands that one client has on their way at once. */
const window = 4;
const people = ["ada", "bob", "eve", "joe", "kim", "lea"];
const lasting = ["channel-general", "channel-random", "channel-help"];
/** Few, so that living channels want the same ones. */
const names = ["general", "random", "help", "news", "off-topic"];
const emoji = ["👍", "🎉", "🚀", "❤️"];
const beginning = 1_709_208_000_000;

/** What a rule has judged is remembered; of the others nothing happened, and the same command may be sent again. */
const judged = new Set(["rejected", "forbidden"]);
const passing = new Set(["unavailable", "too_many"]);

/** Those who send commands, each with what waits for its answer, and what they were told. */
export class Clients {
  readonly #random: Random;
  readonly #waiting = new Map<string, Posted>();
  /** What somebody was told for good, by the command's id. */
  readonly told = new Map<string, { readonly posted: Posted; readonly outcome: Outcome }>();
  /** Answers that must not be. */
  readonly complaints: string[] = [];
  #made = 0;
  #channels = 0;
  readonly #messages: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** What was sent and is not answered: it is sent again. */
  get unanswered(): readonly Posted[] {
    return [...this.#waiting.values()];
  }

  /** The next command, of whoever may send one; undefined where everybody waits. */
  next(): Posted | undefined {
    if (this.#waiting.size >= people.length * window) return undefined;
    const posted = this.#make();
    this.#waiting.set(posted.id, posted);
    return posted;
  }

  /** Something that was answered long ago, as if the answer had been lost on the way. */
  again(): Posted | undefined {
    if (this.told.size === 0) return undefined;
    const { posted } = this.#random.pick([...this.told.values()]);
    this.#waiting.set(posted.id, posted);
    return posted;
  }

  hear(id: string, outcome: Outcome): void {
    const posted = this.#waiting.get(id) ?? this.told.get(id)?.posted;
    // What nobody remembers, asked twice at once: the first answer was it.
    if (posted === undefined) return;
    if ("refused" in outcome) {
      const { code, message, outcome: kind } = outcome.refused;
      if (passing.has(kind)) return; // it goes on waiting
      if (kind === "defect" || kind === "malformed") this.complaints.push(`${posted.command}: ${code} ${message}`);
    }
    this.#waiting.delete(id);
    const first = this.told.get(id);
    if (first !== undefined && JSON.stringify(first.outcome) !== JSON.stringify(outcome)) {
      this.complaints.push(`${id} was answered ${JSON.stringify(first.outcome)}, then ${JSON.stringify(outcome)}.`);
    } else if ("accepted" in outcome || judged.has(outcome.refused.outcome)) this.told.set(id, { posted, outcome });
  }

  #make(): Posted {
    this.#made += 1;
    const random = this.#random;
    const id = random.uuid(beginning + this.#made);
    const actor = random.pick(people);
    const { stream = this.#channel(), type, data } = this.#order(actor);
    // Mostly wrong: a conflict, of which nothing may stay.
    const expected = random.chance(3) ? { expectedVersion: random.below(40) } : {};
    return { id, actor, command: JSON.stringify({ id, stream, type, ...expected, data }) };
  }

  #channel(): string {
    const short = Math.max(1, this.#channels);
    return this.#random.chance(80) ? this.#random.pick(lasting) : `channel-x${this.#random.between(1, short)}`;
  }

  #order(actor: string): { readonly stream?: string; readonly type: string; readonly data: object } {
    const random = this.#random;
    const text = `hello ${random.below(1_000)}`;
    const name = random.pick(names);
    return random.weighted<() => { stream?: string; type: string; data: object }>([
      [40, () => ({ type: "send_message", data: { messageId: this.#newMessage(), text } })],
      [6, () => ({ type: "send_message", data: { messageId: this.#message(), text } })],
      [9, () => ({ type: "edit_message", data: { messageId: this.#message(), text } })],
      [3, () => ({ type: "delete_message", data: { messageId: this.#message() } })],
      [9, () => ({ type: "add_reaction", data: { messageId: this.#message(), emoji: random.pick(emoji) } })],
      [4, () => ({ type: "remove_reaction", data: { messageId: this.#message(), emoji: random.pick(emoji) } })],
      [10, () => ({ type: "join_channel", data: {} })],
      [4, () => ({ type: "leave_channel", data: {} })],
      [4, () => ({ stream: random.pick(lasting), type: "create_channel", data: { name, description: "" } })],
      [4, () => ({ stream: this.#newChannel(), type: "create_channel", data: { name, description: text } })],
      [5, () => ({ type: "rename_channel", data: { name } })],
      [3, () => ({ type: "describe_channel", data: { description: text } })],
      [3, () => ({ stream: `channel-x${Math.max(1, this.#channels)}`, type: "archive_channel", data: {} })],
      [4, () => ({ stream: `user-${actor}`, type: "register_user", data: { name: actor } })],
      [4, () => ({ stream: `user-${actor}`, type: "rename_user", data: { name: text } })],
    ])();
  }

  #newChannel(): string {
    this.#channels += 1;
    return `channel-x${this.#channels}`;
  }
  #newMessage(): string {
    this.#messages.push(`m${this.#messages.length + 1}`);
    return this.#messages.at(-1) as string;
  }
  /** One of the last. */
  #message(): string {
    const { length } = this.#messages;
    return `m${Math.max(1, length - this.#random.below(60))}`;
  }
}
