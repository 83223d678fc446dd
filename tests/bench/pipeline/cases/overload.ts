import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Bench, type Case, manyChannels } from "../case.ts";
import { Connections } from "../load/connections.ts";
import { Latencies } from "../load/latencies.ts";
import { openLoop } from "../load/open.ts";
import { median, type Row } from "../row.ts";

const timesThePeak = 5;
/** As many as a server takes by itself: whoever comes on top is to be turned away. */
const connectionsInAll = 2_048;
const warmUpSeconds = 3;

/** What is still done when five times as much is asked for as can be done, and how soon the others are told. */
export const overload: Case = {
  name: "overload",
  async run(bench) {
    const rounds: Awaited<ReturnType<typeof overloaded>>[] = [];
    for (let round = 1; round <= bench.rounds; round += 1) rounds.push(await overloaded(bench));
    const row = (what: string, unit: string, of: (round: (typeof rounds)[number]) => number, aim?: string): Row => ({
      case: `5 times the peak asked for: ${what}`,
      unit,
      medians: { crowbar: median(rounds.map(of)) },
      ...(aim !== undefined && { aim }),
    });
    return [
      row("done, of the peak", "%", ({ part }) => part, "≥ 90"),
      row("answers on 2,048 connections, p99", "ms", ({ p99 }) => p99),
      row("further connections turned away (503), p99", "ms", ({ away }) => away),
      row("most memory", "MB", ({ most }) => most, "bounded"),
    ];
  },
};

async function overloaded({ crowbar, seconds, peaks, say }: Bench) {
  const { server, chatter } = crowbar;
  const peak = peaks.get("crowbar") ?? 1_000;
  await crowbar.enter(manyChannels);
  const connections = new Connections(server.origin, { most: connectionsInAll });
  const load = { connections, rate: peak * timesThePeak, most: connectionsInAll, next: () => chatter.next() };
  await openLoop({ ...load, seconds: warmUpSeconds });
  const over = new AbortController();
  const seen = Promise.all([mostMemory(server, over.signal), turnedAway(crowbar, over.signal)]);
  const {
    goodput,
    judged,
    turnedAway: refused,
    unsent,
    unanswered,
  } = await openLoop({ ...load, seconds: seconds * 2 });
  over.abort();
  const [most, away] = await seen;
  await connections.close();
  await server.ask("settled");
  const part = (goodput / peak) * 100;
  const p99 = judged.percentile(99);
  say(
    `${timesThePeak} times ${Math.round(peak)}/s: ${Math.round(goodput)}/s done (${part.toFixed(0)} %, p99 ${p99.toFixed(0)} ms), ` +
      `${unsent} found no connection, ${refused.count} turned away on one, ${unanswered} broken off; of further ` +
      `connections ${away.count} turned away (p99 ${away.percentile(99).toFixed(1)} ms); ${most.toFixed(0)} MB`,
  );
  return { part, p99, away: away.percentile(99), most };
}

/** In MB. */
async function mostMemory(server: Bench["crowbar"]["server"], over: AbortSignal): Promise<number> {
  let most = 0;
  while (!over.aborted) {
    const { rss } = await server.ask("usage");
    most = Math.max(most, rss / 2 ** 20);
    await setTimeout(500);
  }
  return most;
}

/** How soon somebody is told that there are too many connections. */
async function turnedAway({ server, chatter }: Bench["crowbar"], over: AbortSignal): Promise<Latencies> {
  const { person, json } = chatter.next();
  const probing = fork(join(import.meta.dirname, "../servers/probing.ts"), [server.origin, person.authorization, json]);
  await once(over, "abort");
  const told = once(probing, "message");
  probing.send("over");
  const [found] = (await told) as [readonly number[]];
  const times = new Latencies();
  for (const ms of found) times.add(ms);
  return times;
}
