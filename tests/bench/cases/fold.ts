import type { Case } from "../bench.ts";
import type { Awaitable, Contender, Resident } from "../contender.ts";
import { interleave, type Subject } from "../measure.ts";
import { rowOf, scaled } from "../row.ts";
import { channelLog } from "../workload.ts";

/** Folds as often as makes a round long enough to time, and closes what it opened. */
const folding = (name: string, repeats: number, fold: () => Awaitable<Resident>): Subject => ({
  name,
  async run() {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const folded = fold();
      const resident = folded instanceof Promise ? await folded : folded;
      resident.close?.();
    }
  },
});

const foldCase = (name: string, count: number, repeats: number, unit: "µs" | "ms"): Case => ({
  name,
  async run({ contenders, domain, rounds, native }) {
    const { stream, bytes } = channelLog(domain, count);
    const subjects = contenders.map((contender) =>
      folding(contender.name, repeats, () => contender.fold(stream, bytes)),
    );
    const isLong = count > 10_000;
    const all = await native.beside(subjects, { name: "fold", input: bytes, times: repeats });
    const taken = await interleave(all, isLong ? rounds.long : rounds.short, isLong ? 1 : 3);
    return rowOf(name, unit, scaled(taken, (unit === "ms" ? 1 : 1000) / repeats));
  },
});

/** Where a module in linear memory loses: events that are JavaScript objects already. */
const foldObjects: Case = {
  name: "B fold 1,000 events that are objects",
  async run({ contenders, domain, rounds }) {
    const { stream, events } = channelLog(domain, 1000);
    const repeats = 20;
    const subjectOf = (contender: Contender): Subject =>
      folding(contender.name, repeats, () => contender.foldObjects(stream, events));
    return rowOf(this.name, "ms", scaled(await interleave(contenders.map(subjectOf), rounds.short, 3), 1 / repeats));
  },
};

export const foldCases: readonly Case[] = [
  foldCase("B fold 1 event", 1, 2000, "µs"),
  foldCase("B fold 10 events", 10, 300, "µs"),
  foldCase("B fold 1,000 events", 1000, 5, "ms"),
  foldCase("B fold 100,000 events", 100_000, 1, "ms"),
  foldObjects,
];
