import type { Posted } from "../workload/chatter.ts";
import type { Connections } from "./connections.ts";

export interface ClosedOptions {
  readonly connections: Connections;
  /** Requests on their way at once: each answer sends the next one. */
  readonly atOnce: number;
  readonly seconds: number;
  readonly next: () => Posted;
  /** Commands of a request; more than one are sent as a list. */
  readonly together?: number;
}

/** Sends as fast as answers come; answers commands per second. @throws Error for an answer that is none of a rule's. */
export async function closedLoop({ connections, atOnce, seconds, next, together = 1 }: ClosedOptions): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let answered = 0;
  const worker = async () => {
    while (performance.now() < end) {
      const { person, body } = request(next, together);
      const { status } = await connections.post(person, body);
      expectJudged(status);
      answered += together;
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

// A list is one person's, so it is filled with commands of whoever begins it.
function request(next: () => Posted, together: number) {
  const first = next();
  if (together === 1) return { person: first.person, body: first.json };
  const all = [first.json];
  while (all.length < together) all.push(next().json);
  return { person: first.person, body: `[${all.join(",")}]` };
}

function expectJudged(status: number | "unanswered"): void {
  if (!isJudged(status)) throw new Error(`A command was answered ${status}.`);
}

/** Did a rule say this? */
export function isJudged(status: number | "unanswered"): boolean {
  return status === 200 || status === 422 || status === 403;
}
