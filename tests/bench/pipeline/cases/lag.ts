import { setTimeout } from "node:timers/promises";
import { type Case, manyChannels } from "../case.ts";
import { Latencies } from "../load/latencies.ts";
import { openLoop } from "../load/open.ts";
import { Positions } from "../load/positions.ts";
import { median } from "../row.ts";

/** What a message has to be heard of in: the channel's own view, and one of its pages of messages. */
const kinds = ["channel", "messages"] as const;
type Kind = (typeof kinds)[number];

/** From the answer to a message to the position that says it is in the views, as somebody hears it who listens. */
export const lag: Case = {
  name: "projection lag",
  async run({ crowbar, rounds, seconds, peaks, say }) {
    const { connections, chatter, server, listener } = crowbar;
    const found: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await crowbar.enter(manyChannels);
      const waiting = new Waiting();
      const positions = await Positions.open(server.origin, listener, ({ view, checkpoint = {} }, at) => {
        const kind = kinds.find((each) => view.startsWith(`${each}/`));
        if (kind === undefined) return;
        for (const [stream, version] of Object.entries(checkpoint)) waiting.heard(kind, stream, version, at);
      });
      const rate = (peaks.get("crowbar") ?? 1_000) / 2;
      await openLoop({
        ...{ connections, rate, seconds },
        next: () => chatter.next(),
        answered: ({ says, stream }, { body, status }, at) => {
          if (says && status === 200) waiting.answered(stream, (JSON.parse(body) as { version: number }).version, at);
        },
      });
      await server.ask("settled");
      for (let left = 100; waiting.left > 0 && left > 0; left -= 1) await setTimeout(50);
      if (waiting.left > 0) throw new Error(`Of ${waiting.left} messages nobody was told that they are in the views.`);
      await positions.close();
      const { lags } = waiting;
      found.push(lags.percentile(99));
      say(
        `lag at ${Math.round(rate)}/s: p50 ${lags.percentile(50).toFixed(1)}, p99 ${lags.percentile(99).toFixed(1)} ms`,
      );
    }
    const medians = { crowbar: median(found) };
    return [{ case: "projection lag at half of the peak, p99", unit: "ms", medians, aim: "≤ 250" }];
  },
};

/** Messages that are answered, until they are heard of in both kinds of views. */
class Waiting {
  readonly lags = new Latencies();
  readonly #reached = new Map<string, number>();
  readonly #answers = new Map<string, { readonly version: number; readonly at: number }[]>();
  left = 0;

  answered(stream: string, version: number, at: number): void {
    if (this.#isHeard(stream, version)) {
      this.lags.add(0);
      return;
    }
    const answers = this.#answers.get(stream) ?? [];
    this.#answers.set(stream, answers);
    answers.push({ version, at });
    this.left += 1;
  }

  heard(kind: Kind, stream: string, version: number, at: number): void {
    const key = `${kind} ${stream}`;
    this.#reached.set(key, Math.max(version, this.#reached.get(key) ?? 0));
    const still = (this.#answers.get(stream) ?? []).filter((answer) => {
      if (!this.#isHeard(stream, answer.version)) return true;
      this.lags.add(at - answer.at);
      this.left -= 1;
      return false;
    });
    this.#answers.set(stream, still);
  }

  #isHeard(stream: string, version: number): boolean {
    return kinds.every((kind) => (this.#reached.get(`${kind} ${stream}`) ?? 0) >= version);
  }
}
