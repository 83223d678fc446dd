// Ports of a process that dies at its n-th call: there, and whatever it calls afterwards, nothing is carried out any more.
import type { EventStore } from "../../../edge/store/event_store.ts";
import { MemoryEventStore } from "../../../edge/store/memory.ts";

/** When the process dies: before the call is carried out, or after, when nobody hears of it any more. */
export interface Death {
  readonly call: number;
  readonly when: "before" | "after";
}

export class Crash extends Error {}

/** One process: counts the calls of its ports. */
export class Mortal {
  readonly #death: Death;
  calls = 0;
  readonly died = Promise.withResolvers<void>();
  dead = false;

  constructor(death: Death) {
    this.#death = death;
  }

  /** The port as this process has it. Functions that answer no promise, such as listeners, are passed through. */
  port<Port extends object>(port: Port, through: readonly string[] = []): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const found = Reflect.get(target, name, target);
        if (typeof found !== "function") return found;
        if (through.includes(String(name))) return found.bind(target);
        return async (...given: readonly unknown[]) => this.#call(() => found.apply(target, given));
      },
    });
  }

  async #call(carryOut: () => unknown): Promise<unknown> {
    if (this.dead) throw new Crash("dead");
    this.calls += 1;
    const now = this.calls === this.#death.call;
    if (now && this.#death.when === "before") return this.#die();
    const answer = await carryOut();
    if (this.dead) throw new Crash("dead");
    return now ? this.#die() : answer;
  }

  #die(): never {
    this.dead = true;
    this.died.resolve();
    throw new Crash("dies");
  }
}

/** The same events in another store, in the same order. */
export async function copyOf(store: EventStore, from = 0, upTo = 1_000_000, into: EventStore = new MemoryEventStore()) {
  const nothing = new Uint8Array();
  for (const { stream, version, bytes, position } of await store.log(from, upTo - from)) {
    const decided = { id: `copy-${position}`, actor: "ada", digest: "0", stream, decidedAt: version - 1 };
    await into.append({
      decided: { ...decided, command: nothing, context: nothing, verdict: nothing },
      events: [{ version, bytes }],
      claims: [],
    });
  }
  return into;
}
