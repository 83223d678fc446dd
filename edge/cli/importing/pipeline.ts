import type { Commands } from "../../commands/commands.ts";
import type { Clock } from "../../context/clock.ts";
import type { Refusal } from "../../outcome/refusal.ts";
import { OperationFailed } from "../operation.ts";
import { type ImportedCommand, onceMore } from "./command.ts";

/** Most commands on their way at once: about two of the batches that the commands of a stream are decided in. */
const window = 512;
/** How often a command is sent that the stack cannot take now; the pauses between, in ms, double from the first on. */
const tries = 8;
const firstPause = 100;

/**
 * Sends commands in their order, many without waiting for the answers. One that cannot be taken now is sent again, and
 * nothing else is sent meanwhile; but what was sent behind it may have been judged without it by then, and a no is
 * remembered for ever. So one that is refused is sent once more, with another id, when what it is built upon is there.
 */
export class Pipeline<Command extends ImportedCommand> {
  readonly #commands: Commands;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #refused: (command: Command, refusal: Refusal) => void;
  readonly #underway = new Map<string, Promise<void>>();
  #waiting = 0;
  #wake: () => void = () => {};
  #failure: unknown;

  /** `refused` hears the noes that stay; what was accepted is silent. */
  constructor(
    { commands, clock }: { readonly commands: Commands; readonly clock: Clock },
    signal: AbortSignal,
    refused: (command: Command, refusal: Refusal) => void,
  ) {
    this.#commands = commands;
    this.#clock = clock;
    this.#signal = signal;
    this.#refused = refused;
  }

  /**
   * Resolves when the command is on its way.
   *
   * @throws OperationFailed `unavailable` where one could not be taken in the end, `defect` where one broke something;
   *   the signal's reason where it is aborted. What was sent before is answered by then.
   */
  async send(command: Command): Promise<void> {
    for (const id of command.after) await this.#underway.get(id);
    while (this.#underway.size >= window || this.#waiting > 0) await this.#oneAnswered();
    if (this.#signal.aborted || this.#failure !== undefined) await this.finish();
    if (this.#underway.has(command.id)) return; // the very same thing
    const answered = this.#see(command);
    this.#underway.set(command.id, answered);
    void answered.then(() => {
      this.#underway.delete(command.id);
      this.#wake();
    });
  }

  /** Resolves when everything is answered. Throws as `send` does. */
  async finish(): Promise<void> {
    await Promise.all(this.#underway.values());
    if (this.#failure !== undefined) throw this.#failure;
    this.#signal.throwIfAborted();
  }

  #oneAnswered(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Sees a command through: never rejects. */
  async #see(command: Command): Promise<void> {
    try {
      let refusal = await this.#outcome(command);
      if (refusal !== undefined && command.upon.length > 0) {
        for (const id of command.upon) await this.#underway.get(id);
        refusal = await this.#outcome(onceMore(command));
      }
      if (refusal !== undefined) this.#refused(command, refusal);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  /** The answer that stays: undefined where it was accepted. */
  async #outcome(command: Command): Promise<Refusal | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const refusal = await this.#once(command);
      if (refusal?.outcome === "defect") throw new OperationFailed("defect", said(command, refusal));
      if (refusal === undefined || !isPassing(refusal)) return refusal;
      if (attempt === tries) {
        // Whatever is in this command, it stops the rules each time: it is left out, the rest goes on.
        if (refusal.code === "core_unavailable") return refusal;
        throw new OperationFailed("unavailable", said(command, refusal));
      }
      if (this.#failure !== undefined) throw this.#failure;
      await this.#pause(firstPause * 2 ** (attempt - 1));
    }
  }

  async #once({ bytes, actor, at }: Command): Promise<Refusal | undefined> {
    const reply = await this.#commands.submit({ command: bytes, actor: { id: actor }, at });
    return reply.kind === "refused" ? reply.refusal : undefined;
  }

  async #pause(ms: number): Promise<void> {
    this.#waiting += 1;
    try {
      await this.#clock.sleep(ms, this.#signal);
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** May the same command be taken a little later? */
function isPassing({ outcome, code }: Refusal): boolean {
  return outcome === "unavailable" || outcome === "too_many" || code === "stream_busy";
}

const said = ({ type, stream }: ImportedCommand, { message, code }: Refusal) =>
  `${type} to ${stream} could not be carried out: ${message} (${code}) Run it again: it goes on where it was.`;
