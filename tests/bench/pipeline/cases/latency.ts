import { type Case, manyChannels } from "../case.ts";
import { openLoop } from "../load/open.ts";
import { median, type Row } from "../row.ts";

/** From the moment at which a command was due to its durable answer, at half of each one's own peak. */
export const latency: Case = {
  name: "acknowledgement",
  async run({ contenders, rounds, seconds, peaks, say }) {
    const half = new Map<string, { readonly p50: number[]; readonly p99: number[] }>();
    for (const { name } of contenders) half.set(name, { p50: [], p99: [] });
    for (let round = 1; round <= rounds; round += 1) {
      for (const { name, connections, chatter, enter, server } of contenders) {
        await enter(manyChannels);
        const rate = (peaks.get(name) ?? 1_000) / 2;
        const { judged, unanswered } = await openLoop({ connections, rate, seconds, next: () => chatter.next() });
        if (unanswered > 0) throw new Error(`${name} has left ${unanswered} commands without an answer.`);
        const [p50, p99] = [judged.percentile(50), judged.percentile(99)];
        half.get(name)?.p50.push(p50);
        half.get(name)?.p99.push(p99);
        say(`at ${Math.round(rate)}/s: ${name} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
        await server.ask("settled");
      }
    }
    const row = (which: "p50" | "p99", aim: string): Row => ({
      case: `acknowledgement at half of the own peak, ${which}`,
      unit: "ms",
      medians: Object.fromEntries([...half].map(([name, found]) => [name, median(found[which])])),
      aim,
    });
    return [row("p50", "≤ 25"), row("p99", "≤ 25")];
  },
};
