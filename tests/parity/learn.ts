// What the answers say: counted by kind and code, and remembered for the commands to come.
import type { Answer } from "../places/session.ts";
import { textOf } from "../places/session.ts";
import type { Samples } from "./doors.ts";
import type { Kind, Sent } from "./recorder.ts";
import type { StoredEvent, World } from "./world.ts";

const accepted = '{"accepted":true';

/** How often each kind of command met each answer: `accepted`, `unchanged`, or a code. */
export class Counts {
  readonly #byKind = new Map<Kind, Map<string, number>>();
  readonly #otherCodes = new Map<string, number>();

  command(kind: Kind, answer: string): void {
    const answers = this.#byKind.get(kind) ?? new Map<string, number>();
    this.#byKind.set(kind, answers);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  /** A refusal at another door than that of commands. */
  other(code: string): void {
    this.#otherCodes.set(code, (this.#otherCodes.get(code) ?? 0) + 1);
  }

  get commands(): number {
    return [...this.#byKind.values()]
      .flatMap((answers) => [...answers.values()])
      .reduce((sum, count) => sum + count, 0);
  }
  kinds(): readonly (readonly [Kind, ReadonlyMap<string, number>])[] {
    return [...this.#byKind];
  }
  codes(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const answers of this.#byKind.values()) {
      for (const [code, count] of answers) sums.set(code, (sums.get(code) ?? 0) + count);
    }
    return new Map([...sums].sort((a, b) => b[1] - a[1]));
  }
  otherCodes(): ReadonlyMap<string, number> {
    return new Map([...this.#otherCodes].sort((a, b) => b[1] - a[1]));
  }
}

const codeIn = (text: string): string => /"code":"(\w+)"/.exec(text)?.[1] ?? "";

export class Learner {
  readonly counts = new Counts();
  /** The stored events of each stream, a line each. */
  readonly events = new Map<string, string[]>();
  /** Those that no view has heard yet. */
  unheard: { readonly stream: string; readonly line: string }[] = [];
  /** The slot of each stream that is open. */
  readonly slots = new Map<string, number>();
  readonly #world: World;
  readonly #samples: Samples;

  constructor(world: World, samples: Samples) {
    this.#world = world;
    this.#samples = samples;
  }

  take(sent: Sent, answer: Answer): void {
    const { kind, operation, operands } = sent;
    if (kind === "state" && operation === "open") this.slots.set(String(operands[1]), sent.slot);
    if (operation === "snapshot" && answer.yes) this.#samples.keep(this.#samples.snapshots, answer.bytes.slice());
    if (operation === "bytes" && answer.yes) this.#samples.keep(this.#samples.views, answer.bytes.slice());
    if (operation === "act" || operation === "decide") {
      this.#verdict(sent, textOf(answer.bytes));
    } else if (operation === "many" && answer.yes) {
      for (const line of textOf(answer.bytes).split("\n")) if (line !== "") this.#verdict(sent, line);
    } else if (!answer.yes && operation !== "version") {
      this.counts.other(codeIn(textOf(answer.bytes.subarray(0, 200))));
    }
  }

  #verdict({ kind, operation }: Sent, text: string): void {
    if (!text.startsWith(accepted)) {
      if (kind === "doors") this.counts.other(codeIn(text));
      else this.counts.command(kind, codeIn(text));
      return;
    }
    const { events } = JSON.parse(text) as { readonly events: readonly StoredEvent[] };
    this.counts.command(kind, events.length === 0 ? "unchanged" : "accepted");
    if (operation === "decide") return; // it was decided and did not happen
    this.#samples.keep(this.#samples.verdicts, text);
    for (const event of events) this.#happened(event);
  }

  #happened(event: StoredEvent): void {
    const line = JSON.stringify(event);
    const lines = this.events.get(event.stream);
    if (lines) lines.push(line);
    else this.events.set(event.stream, [line]);
    this.unheard.push({ stream: event.stream, line });
    this.#samples.keep(this.#samples.events, line);
    this.#world.hear(event);
  }
}
