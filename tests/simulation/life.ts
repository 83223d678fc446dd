import type { Random } from "../parity/random.ts";
import { Clients } from "./clients.ts";
import { type Ending, mostCommands } from "./endings.ts";
import { few } from "./few.ts";
import { Mortal } from "./mortal.ts";
import type { Flaw } from "./points.ts";
import type { Answer } from "./wire.ts";

/** Nothing takes so long, in ms: a process that says nothing then hangs. */
const patienceMs = 60_000;

/** One folder, and the processes that work on it one after the other, each until its end. */
export class Life {
  readonly data: string;
  readonly clients: Clients;
  readonly #random: Random;
  readonly #flaw: Flaw | undefined;

  constructor(data: string, random: Random, flaw?: Flaw) {
    this.data = data;
    this.#random = random;
    this.#flaw = flaw;
    this.clients = new Clients(random);
  }

  /** Runs a process until its end; answers what was not right about that. */
  async run(ending: Ending): Promise<readonly string[]> {
    const { clients } = this;
    let sent = 0;
    let heard = Date.now();
    const mortal = new Mortal(
      {
        data: this.data,
        ...(ending.kind === "at" && { death: ending.death }),
        ...(this.#flaw !== undefined && { flaw: this.#flaw }),
      },
      (answer) => {
        heard = Date.now();
        this.#hear(answer, ending, mortal);
        sent += this.#pump(mortal);
        if (sent >= mostCommands && clients.unanswered.length === 0) end(mortal, ending);
        if (sent >= 2 * mostCommands) end(mortal, ending);
      },
    );
    const timer =
      ending.kind === "after" && ending.what === "start" ? setTimeout(() => mortal.kill(), ending.ms) : undefined;
    const problems: string[] = [];
    const watch = setInterval(() => {
      if (Date.now() - heard < patienceMs) return;
      problems.push(`It has said nothing for ${patienceMs / 1000} s.`);
      mortal.kill();
    }, 1_000);
    await mortal.dead;
    clearTimeout(timer);
    clearInterval(watch);
    if (mortal.said !== "") problems.push(`It said: ${mortal.said.slice(0, 2_000)}`);
    const expected = ending.kind === "calm" ? "0" : "SIGKILL";
    if (mortal.end !== expected) problems.push(`It ended with ${mortal.end}, not ${expected}.`);
    return [...problems, ...few("of the answers", clients.complaints.splice(0))];
  }

  #hear(answer: Answer, ending: Ending, mortal: Mortal): void {
    if (!("ready" in answer)) {
      this.clients.hear(answer.id, answer.outcome);
      return;
    }
    if (ending.kind === "after" && ending.what === "ready") setTimeout(() => mortal.kill(), ending.ms);
    for (const posted of this.clients.unanswered) mortal.send(posted);
    if (this.#random.chance(15) || isReplay(ending)) mortal.send({ replay: true });
  }

  /** As many as are free to send. */
  #pump(mortal: Mortal): number {
    let sent = 0;
    for (let posted = this.clients.next(); posted !== undefined; posted = this.clients.next()) {
      mortal.send(posted);
      sent += 1;
    }
    const again = this.#random.chance(5) ? this.clients.again() : undefined;
    if (again !== undefined) mortal.send(again);
    return sent;
  }
}

function end(mortal: Mortal, ending: Ending): void {
  if (ending.kind === "calm") mortal.release();
  else mortal.kill();
}

function isReplay(ending: Ending): boolean {
  return ending.kind === "at" && /^(begin|switch)/.test(ending.death.point);
}
