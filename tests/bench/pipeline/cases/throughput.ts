import { type Bench, type Case, manyChannels } from "../case.ts";
import { type Contender, usualConnections } from "../contender.ts";
import { closedLoop } from "../load/closed.ts";
import { median, type Row } from "../row.ts";
import type { Posted } from "../workload/chatter.ts";

/** Lists that are on their way at once. */
const listsAtOnce = 4;

interface Shape {
  readonly channels: number;
  readonly together: number;
}

const aim = "≥ 3,000, at least 1,500; ≥ 5 times emmett";

/** Commands a second, answered when they are durable. Each round begins with new channels, for all alike. */
export const throughput: readonly Case[] = [
  {
    name: "commands, one a request, many channels",
    async run(bench) {
      const [one, cost] = await measured(bench, "one a request, 200 channels", { channels: manyChannels, together: 1 });
      for (const [name, rate] of Object.entries(one.medians)) bench.peaks.set(name, rate);
      return [{ ...one, aim }, cost];
    },
  },
  {
    name: "commands, one a request, one hot channel",
    run: (bench) => measured(bench, "one a request, one hot channel", { channels: 1, together: 1 }),
  },
  {
    name: "commands, lists, many channels",
    run: (bench) => measured(bench, "lists of 100, 200 channels", { channels: manyChannels, together: 100 }),
  },
  {
    name: "commands, lists, one hot channel",
    run: (bench) => measured(bench, "lists of 100, one hot channel", { channels: 1, together: 100 }),
  },
];

/** What a round has come to: commands a second, and the server's processor time for one, in µs: in all, and of its main thread. */
interface Rate {
  readonly rate: number;
  readonly cost: number;
  readonly main: number;
}

async function measured(bench: Bench, words: string, shape: Shape): Promise<readonly [Row, Row]> {
  const { contenders, rounds, say } = bench;
  const rates = new Map<string, Rate[]>(contenders.map(({ name }) => [name, []]));
  // The first round warms up, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      const found = await rateOf(contender, bench, shape);
      if (round > 0) rates.get(contender.name)?.push(found);
      const [rate, cost, main] = [found.rate, found.cost, found.main].map(Math.round);
      say(
        `${words}, round ${round}: ${contender.name} ${rate}/s, ${cost} µs of the processor each, ${main} in its main thread`,
      );
    }
  }
  const medians = (of: (rate: Rate) => number) =>
    Object.fromEntries([...rates].map(([name, found]) => [name, Math.round(median(found.map(of)))]));
  return [
    { case: `commands durable over HTTP, ${words}`, unit: "1/s", medians: medians(({ rate }) => rate) },
    { case: `the server's processor time for one, ${words}`, unit: "µs", medians: medians(({ cost }) => cost) },
  ];
}

async function rateOf(contender: Contender, { seconds }: Bench, { channels, together }: Shape): Promise<Rate> {
  const { connections, chatter, server } = contender;
  await contender.enter(channels);
  const before = await server.ask("usage");
  let count = 0;
  const rate = await closedLoop({
    ...{ connections, seconds },
    atOnce: together === 1 ? usualConnections : listsAtOnce,
    next: () => {
      count += together;
      return (together === 1 ? [chatter.next()] : chatter.list(together)) as [Posted, ...Posted[]];
    },
  });
  await server.ask("settled");
  const after = await server.ask("usage");
  const each = (ms: number) => (ms * 1_000) / count;
  return { rate, cost: each(after.cpuMs - before.cpuMs), main: each(after.mainMs - before.mainMs) };
}
