import { setTimeout } from "node:timers/promises";
import type { Posted } from "../workload/chatter.ts";
import { isJudged } from "./closed.ts";
import type { Connections, Ended } from "./connections.ts";
import { Latencies } from "./latencies.ts";

export interface OpenOptions {
  readonly connections: Connections;
  /** Requests a second, whatever becomes of them. */
  readonly rate: number;
  readonly seconds: number;
  readonly next: () => Posted;
  /** Requests on their way at once; what is due beyond that is not sent. */
  readonly most?: number;
  /** Hears of each answer, with the moment at which it was there. */
  readonly answered?: (posted: Posted, ended: Ended, at: number) => void;
}

export interface Opened {
  /** From the moment at which a request was due, to the whole answer: of those that a rule has judged. */
  readonly judged: Latencies;
  /** Of those that were turned away (429, 503). */
  readonly turnedAway: Latencies;
  /** Broken off without an answer. */
  readonly unanswered: number;
  /** Due, and not sent: every connection was busy. */
  readonly unsent: number;
  /** What was judged, a second. */
  readonly goodput: number;
}

/** Sends when it is time, whether or not there were answers: nothing is left out where the server is slow. */
export async function openLoop(options: OpenOptions): Promise<Opened> {
  const { connections, rate, seconds, next, most = Number.POSITIVE_INFINITY, answered } = options;
  const judged = new Latencies();
  const turnedAway = new Latencies();
  const underway = new Set<Promise<void>>();
  let unanswered = 0;
  let unsent = 0;
  let inTime = 0;
  const began = performance.now();
  const end = began + seconds * 1_000;
  const send = async (due: number) => {
    const posted = next();
    const ended = await connections.post(posted.person, posted.json, answered !== undefined);
    const now = performance.now();
    answered?.(posted, ended, now);
    if (ended.status === "unanswered") unanswered += 1;
    else if (isJudged(ended.status)) judged.add(now - due);
    else if (ended.status === 503 || ended.status === 429) turnedAway.add(now - due);
    else throw new Error(`A command was answered ${ended.status}.`);
    if (isJudged(ended.status) && now <= end) inTime += 1;
  };
  for (let sent = 0; ; ) {
    const now = performance.now();
    if (now >= end) break;
    for (const due = ((now - began) * rate) / 1_000; sent < due; sent += 1) {
      if (underway.size >= most) {
        unsent += 1;
        continue;
      }
      const request: Promise<void> = send(began + (sent * 1_000) / rate).finally(() => underway.delete(request));
      underway.add(request);
    }
    await setTimeout(1);
  }
  await Promise.all(underway);
  return { judged, turnedAway, unanswered, unsent, goodput: inTime / seconds };
}
