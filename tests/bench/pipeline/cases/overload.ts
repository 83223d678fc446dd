import { type Case, manyChannels } from "../case.ts";
import { Connections } from "../load/connections.ts";
import { openLoop } from "../load/open.ts";
import { median, type Row } from "../row.ts";

/** More than the server takes at once. */
const connectionsInAll = 3_000;
const timesThePeak = 5;

/** What is still done when five times as much is asked for as can be done, and how soon the others are told. */
export const overload: Case = {
  name: "overload",
  async run({ crowbar, rounds, seconds, peaks, say }) {
    const { server, chatter } = crowbar;
    const peak = peaks.get("crowbar") ?? 1_000;
    const found = { goodput: [] as number[], away: [] as number[], p99: [] as number[], memory: [] as number[] };
    for (let round = 1; round <= rounds; round += 1) {
      await crowbar.enter(manyChannels);
      const connections = new Connections(server.origin, { most: connectionsInAll });
      let most = 0;
      const watch = setInterval(() => {
        void server.ask("usage").then(({ rss }) => {
          most = Math.max(most, rss);
        });
      }, 500);
      const opened = await openLoop({
        ...{ connections, rate: peak * timesThePeak, seconds: seconds * 2, most: connectionsInAll },
        next: () => chatter.next(),
      });
      clearInterval(watch);
      await connections.close();
      await server.ask("settled");
      const part = (opened.goodput / peak) * 100;
      const away = opened.turnedAway.count > 0 ? opened.turnedAway.percentile(99) : 0;
      found.goodput.push(part);
      found.away.push(away);
      found.p99.push(opened.judged.percentile(99));
      found.memory.push(most / 2 ** 20);
      say(
        `${timesThePeak} times ${Math.round(peak)}/s: ${Math.round(opened.goodput)}/s judged (${part.toFixed(0)} %), ` +
          `${opened.turnedAway.count} turned away (p99 ${away.toFixed(0)} ms), ${opened.unanswered} broken off, ` +
          `${opened.unsent} not sent, ${(most / 2 ** 20).toFixed(0)} MB`,
      );
    }
    const row = (what: string, unit: string, values: readonly number[], aim?: string): Row => ({
      case: `5 times the peak asked for: ${what}`,
      unit,
      medians: { crowbar: median(values) },
      ...(aim !== undefined && { aim }),
    });
    return [
      row("done, of the peak", "%", found.goodput, "≥ 90"),
      row("answers, p99", "ms", found.p99),
      row("turned away (503), p99", "ms", found.away),
      row("most memory", "MB", found.memory, "bounded"),
    ];
  },
};
