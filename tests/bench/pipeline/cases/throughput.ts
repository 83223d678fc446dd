import { type Bench, type Case, manyChannels } from "../case.ts";
import { type Contender, usualConnections } from "../contender.ts";
import { closedLoop } from "../load/closed.ts";
import { median, type Row } from "../row.ts";

interface Shape {
  readonly channels: number;
  readonly together: number;
}

/** Commands a second, answered when they are durable. Each round begins with new channels, for all alike. */
export const throughput: Case = {
  name: "commands",
  async run(bench) {
    const aim = "≥ 3,000, at least 1,500; ≥ 5 times emmett";
    const one = await measured(bench, "one a request, 200 channels", { channels: manyChannels, together: 1 });
    for (const [name, rate] of Object.entries(one.medians)) bench.peaks.set(name, rate);
    return [
      { ...one, aim },
      await measured(bench, "one a request, one hot channel", { channels: 1, together: 1 }),
      await measured(bench, "lists of 100, 200 channels", { channels: manyChannels, together: 100 }),
      await measured(bench, "lists of 100, one hot channel", { channels: 1, together: 100 }),
    ];
  },
};

async function measured(bench: Bench, words: string, shape: Shape): Promise<Row> {
  const { contenders, rounds, say } = bench;
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  // The first round warms up, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      const rate = await rateOf(contender, bench, shape);
      if (round > 0) rates.get(contender.name)?.push(rate);
      say(`${words}, round ${round}: ${contender.name} ${Math.round(rate)}/s`);
    }
  }
  const medians = Object.fromEntries([...rates].map(([name, values]) => [name, Math.round(median(values))]));
  return { case: `commands durable over HTTP, ${words}`, unit: "1/s", medians };
}

async function rateOf(contender: Contender, { seconds }: Bench, { channels, together }: Shape): Promise<number> {
  const { connections, chatter, server } = contender;
  await contender.enter(channels);
  const atOnce = together === 1 ? usualConnections : 16;
  const rate = await closedLoop({ connections, atOnce, seconds, together, next: () => chatter.next() });
  await server.ask("settled");
  return rate;
}
