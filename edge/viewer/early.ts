import { CoreUnavailable, CrowbarError } from "@crowbar/domain";
import { type CommandText, commandText } from "../commands/command_text.ts";
import { circumstances } from "../commands/received.ts";
import type { Clock } from "../context/clock.ts";
import type { Actor, Aggregate, Domain, Rejection } from "../domain.ts";
import { http, type Outcome } from "../outcome/outcome.ts";
import { outcomes, type Refusal } from "../outcome/refusal.ts";
import type { Near, NearSnapshot } from "./near.ts";

const decoder = new TextDecoder();
/** The module's frozen code for a command that expects another version. */
const conflictCode = "version_conflict";
/** The largest state that is opened for one command: half a millisecond's work. */
const maxStateBytes = 256 << 10;

/**
 * Refuses a command early where the truth must refuse it too, and knows nothing else: what it lets pass may still be
 * refused. The circumstances are provisional, and without facts: a fact only ever adds a no.
 */
export class Early {
  readonly #domain: Domain;
  readonly #clock: Clock;
  readonly #near: Near | undefined;
  readonly #outcomeOf: (code: string) => Outcome;
  readonly #faults: ReadonlySet<string>;
  readonly #anyAggregate: string;
  readonly #conflictSentence: string;

  constructor(domain: Domain, clock: Clock, near: Near | undefined) {
    this.#domain = domain;
    this.#clock = clock;
    this.#near = near;
    const catalog = domain.describe();
    this.#outcomeOf = outcomes(catalog);
    this.#faults = new Set(catalog.faults.map(({ code }) => code));
    this.#anyAggregate = catalog.aggregates[0]?.name ?? "";
    this.#conflictSentence = catalog.faults.find(({ code }) => code === conflictCode)?.sentence ?? "";
  }

  /** @throws CoreUnavailable where the instance of the module has stopped. */
  async refusal(command: Uint8Array, actor: Actor): Promise<Refusal | undefined> {
    const asked = commandText(command);
    const context = circumstances(this.#clock.now(), actor, []);
    const misread = this.#misread(command, asked?.stream ?? `${this.#anyAggregate}-none`, context);
    if (misread !== undefined || asked === undefined) return misread;
    return this.#decidedNear(command, asked, context);
  }

  // The state is empty, so only what a command says of itself may be believed: that the reader cannot read it. A rule's
  // no might be a yes on the true state.
  #misread(command: Uint8Array, stream: string, context: Uint8Array): Refusal | undefined {
    try {
      using empty = this.#domain.open(stream.split("-", 1)[0] ?? "", stream);
      const refusal = this.#decided(empty, command, context);
      return refusal !== undefined && this.#isOfReading(refusal) ? refusal : undefined;
    } catch (error) {
      if (error instanceof CoreUnavailable || !(error instanceof CrowbarError)) throw error;
      const refusal = this.#refusalOf(told(error));
      if (this.#isOfReading(refusal)) return refusal;
      throw error;
    }
  }

  // Versions only grow: below the one that is near it is a conflict for ever. At that one the rules say the same wherever
  // they are asked, and if the stream has gone on meanwhile, that is a conflict too.
  async #decidedNear(command: Uint8Array, asked: CommandText, context: Uint8Array): Promise<Refusal | undefined> {
    const { id, stream, expectedVersion } = asked;
    if (expectedVersion === undefined || this.#near === undefined) return undefined;
    const near = await this.#near.find(stream, id, expectedVersion);
    if (near === undefined || near.version < expectedVersion) return undefined;
    if (near.version > expectedVersion) return this.#conflict(stream, expectedVersion, near.version);
    using state = this.#restored(stream, near);
    const refusal = state && this.#decided(state, command, context);
    return refusal !== undefined && http[refusal.outcome].status < 500 ? refusal : undefined;
  }

  // As the module says it, but without the state, which may take longer to open than all else here together.
  #conflict(name: string, expected: number, actual: number): Refusal {
    const params = { expected, actual, name };
    const message = this.#conflictSentence.replace(/\{(expected|actual|name)\}/g, (_, param: keyof typeof params) =>
      String(params[param]),
    );
    return { code: conflictCode, message, params, outcome: this.#outcomeOf(conflictCode) };
  }

  /** Undefined where it is damaged, another module's, or too large: then nothing is near. */
  #restored(stream: string, { version, bytes }: NearSnapshot): Aggregate | undefined {
    if (bytes.length > maxStateBytes) return undefined;
    let state: Aggregate;
    try {
      state = this.#domain.restore(bytes);
    } catch (error) {
      if (error instanceof CoreUnavailable || !(error instanceof CrowbarError)) throw error;
      return undefined;
    }
    if (state.stream === stream && state.version === version) return state;
    const { stream: other, version: at } = state;
    state.close();
    throw new Error(`Near ${stream} at ${version} lies ${other} at ${at}.`);
  }

  #decided(state: Aggregate, command: Uint8Array, context: Uint8Array): Refusal | undefined {
    const verdict = JSON.parse(decoder.decode(state.decideBytes(command, context)));
    return verdict.accepted ? undefined : this.#refusalOf(verdict.rejection);
  }

  #refusalOf(rejection: Rejection): Refusal {
    return { ...rejection, outcome: this.#outcomeOf(rejection.code) };
  }

  #isOfReading({ code, outcome }: Refusal): boolean {
    return this.#faults.has(code) && (outcome === "malformed" || outcome === "too_large");
  }
}

const told = ({ code, message, pointer, params }: CrowbarError): Rejection => ({
  code,
  message,
  params,
  ...(pointer !== undefined && { pointer }),
});
