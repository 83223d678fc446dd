import type { Case } from "../bench.ts";
import { interleave, type Subject } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { Log } from "../workload/log.ts";
import { directoryLog, pagesLog, peopleLog } from "../workload.ts";

const events = 100_000;

const projectCase = (name: string, view: string, logOf: (domain: string, count: number) => Log): Case => ({
  name,
  async run({ contenders, domain, rounds, native }) {
    const { bytes } = logOf(domain, events);
    const subjects = contenders.flatMap(({ name: contender, project }): Subject[] =>
      project === undefined ? [] : [{ name: contender, run: () => project(view, bytes) }],
    );
    // The program projects to one view, and all the pages of a channel are many.
    const all = view.endsWith("/*")
      ? subjects
      : await native.beside(subjects, { name: "project", options: ["--view", view], input: bytes, times: 1 });
    return rowOf(name, "ms", await interleave(all, rounds.long, 1));
  },
});

export const projectCases: readonly Case[] = [
  projectCase("C project 100,000 events, view of 5 KB", "allchannels", directoryLog),
  projectCase("C project 100,000 events, view of 500 KB", "allusers", peopleLog),
  projectCase("C project 100,000 events, views of 17 MB", "messages/general/*", pagesLog),
];
