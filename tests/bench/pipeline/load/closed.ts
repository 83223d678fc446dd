import type { Posted } from "../workload/chatter.ts";
import type { Connections } from "./connections.ts";

export interface ClosedOptions {
  readonly connections: Connections;
  /** Requests on their way at once: each answer sends the next one. */
  readonly atOnce: number;
  readonly seconds: number;
  /** The commands of the next request, all of one person; several are sent as a list. */
  readonly next: () => readonly [Posted, ...Posted[]];
}

/** Sends as fast as answers come; answers commands per second. @throws Error for an answer that is none of a rule's. */
export async function closedLoop({ connections, atOnce, seconds, next }: ClosedOptions): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let answered = 0;
  const worker = async () => {
    while (performance.now() < end) {
      const commands = next();
      const [{ person, json }] = commands;
      const isOne = commands.length === 1;
      const body = isOne ? json : `[${commands.map((each) => each.json).join(",")}]`;
      const { status } = await connections.post(person, body);
      expectJudged(status);
      answered += commands.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answered / ((performance.now() - began) / 1_000);
}

/** Sends each of these once. @throws Error for an answer that is none of a rule's. */
export async function sendAll(connections: Connections, all: readonly Posted[], atOnce = 64): Promise<void> {
  let at = 0;
  const worker = async () => {
    for (let posted = all[at++]; posted !== undefined; posted = all[at++]) {
      const { status } = await connections.post(posted.person, posted.json);
      expectJudged(status);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function expectJudged(status: number | "unanswered"): void {
  if (!isJudged(status)) throw new Error(`A command was answered ${status}.`);
}

/** Did a rule say this? */
export function isJudged(status: number | "unanswered"): boolean {
  return status === 200 || status === 422 || status === 403;
}
